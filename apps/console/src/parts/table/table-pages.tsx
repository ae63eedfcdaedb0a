import { Group, Pagination, Select, Text } from '@mantine/core'
import { countedEntries } from '../counted.ts'
import { PAGE_SIZES } from './table-state.ts'
import type { TableControl } from './use-table-state.ts'

interface TablePagesProps {
  readonly label: string
  readonly table: TableControl
  /** Of all pages; undefined while it is not known. */
  readonly total: number | undefined
}

/** Below a table: how many there are, and the way through them. */
export function TablePages({ label, table, total }: TablePagesProps) {
  const { page, pageSize } = table.state
  const pages = Math.max(1, Math.ceil((total ?? 0) / pageSize))
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {total === undefined ? 'Loading …' : countedEntries(total, label)}
      </Text>
      {total !== undefined && total > Number(PAGE_SIZES[0]) && (
        <Group gap="sm">
          <Pagination
            size="sm"
            total={pages}
            value={page}
            siblings={1}
            onChange={(next) => table.change({ page: next })}
            getItemProps={(number) => ({ 'aria-label': `Page ${number}` })}
            getControlProps={(control) => ({ 'aria-label': `The ${control} page` })}
          />
          <Select
            size="xs"
            w={80}
            aria-label="Entries a page"
            allowDeselect={false}
            data={[...PAGE_SIZES]}
            value={String(pageSize)}
            onChange={(size) => table.narrow({ pageSize: Number(size) })}
          />
        </Group>
      )}
    </Group>
  )
}
