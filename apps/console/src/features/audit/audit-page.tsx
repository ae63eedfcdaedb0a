import { Button } from '@mantine/core'
import type { AuditFilter } from '@portreeve/client'
import { Link, useSearchParams } from 'react-router'
import { useResource, useSession } from '../../parts/api.tsx'
import { DownloadButton } from '../../parts/download-button.tsx'
import { readAddressFields } from '../../parts/forms/address-fields.ts'
import { AddressForm } from '../../parts/forms/address-form.tsx'
import { TextField } from '../../parts/forms/fields.tsx'
import { useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { AUDIT_DEFAULTS, filterOf, problemsOfAudit, readBefore } from './audit-question.ts'
import { mayVerify } from './may-verify.ts'
import { RecordsTable } from './records-table.tsx'

const PAGE_SIZE = 25

/** Who did what, newest first. */
export function AuditPage() {
  const [parameters] = useSearchParams()
  const filter = filterOf(readAddressFields(parameters, AUDIT_DEFAULTS))
  const before = readBefore(parameters)
  const records = useResource(
    ['audit', 'records', filter, before ?? null],
    (client, signal) => client.audit.page(filter, { before, pageSize: PAGE_SIZE, signal }),
    { keepsPrevious: true },
  )
  return (
    <Page title="Audit" actions={<Actions filter={filter} />}>
      <AddressForm
        label="Which records"
        defaults={AUDIT_DEFAULTS}
        resets={['before']}
        submitLabel="Show"
        check={problemsOfAudit}
        error={records.error}
        onAsk={() => void records.refetch()}
      >
        <TextField name="actor" label="Who acted" placeholder="Username of then, or id" autoComplete="off" />
        <TextField name="act" label="Act" placeholder="team.create, or team. for all" autoComplete="off" />
        <TextField name="objectType" label="Type of thing" placeholder="team" autoComplete="off" />
        <TextField name="objectId" label="Id of the thing" autoComplete="off" />
        <TextField name="from" label="From (UTC)" type="datetime-local" />
        <TextField name="to" label="Before (UTC)" type="datetime-local" />
        <TextField name="requestId" label="Request" placeholder="Its id" autoComplete="off" />
        <TextField name="task" label="Task" placeholder="Its id" autoComplete="off" />
      </AddressForm>
      {!records.error && (
        <RecordsTable
          page={records.data}
          isBusy={records.isFetching}
          isNewest={before === undefined}
          isNarrowed={Object.keys(filter).length > 0}
        />
      )}
    </Page>
  )
}

function Actions({ filter }: { readonly filter: AuditFilter }) {
  const address = useAddress()
  return (
    <>
      <DownloadButton
        label="Download as CSV"
        fileName="audit.csv"
        read={(client) => client.audit.export(filter, 'text/csv')}
      />
      <DownloadButton
        label="Download as JSON lines"
        fileName="audit.ndjson"
        read={(client) => client.audit.export(filter, 'application/x-ndjson')}
      />
      {mayVerify(useSession()) && (
        <Button size="xs" variant="default" component={Link} to={address('audit/verify')}>
          Verify
        </Button>
      )}
    </>
  )
}
