import { Group, Select, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { TableFilter } from './table-columns.ts'
import type { TableControl } from './use-table-state.ts'

interface TableControlsProps {
  readonly label: string
  readonly search: Readonly<Record<string, string>>
  readonly filters: readonly TableFilter[]
  readonly table: TableControl
}

/** The search and the filters above a table. */
export function TableControls({ label, search, filters, table }: TableControlsProps) {
  const fields = Object.entries(search)
  if (fields.length === 0 && filters.length === 0) return null
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={`Which ${label}`}>
      {fields.length > 0 && (
        <SearchInput label={label} table={table} only={fields.length === 1 ? fields[0]?.[1] : undefined} />
      )}
      {fields.length > 1 && (
        <Select
          label="in"
          w={170}
          allowDeselect={false}
          data={fields.map(([value, text]) => ({ value, label: text }))}
          value={table.state.field ?? null}
          onChange={(field) => table.narrow({ field: field ?? undefined })}
        />
      )}
      {filters.map(({ name, label: filterLabel, options, onSearch }) => (
        <Select
          key={name}
          label={filterLabel}
          placeholder="Any"
          clearable
          w={170}
          clearButtonProps={{ 'aria-label': `Any ${filterLabel}` }}
          data={[...options]}
          {...(onSearch && { searchable: true, onSearchChange: onSearch })}
          value={table.state.filters[name] ?? null}
          onChange={(value) => table.narrow({ filters: { ...table.state.filters, [name]: value ?? '' } })}
        />
      ))}
    </Group>
  )
}

interface SearchInputProps extends Pick<TableControlsProps, 'label' | 'table'> {
  /** What is searched, where there is no choice. */
  readonly only: string | undefined
}

function SearchInput({ label, table, only }: SearchInputProps) {
  const [text, setText] = useState(table.state.text)
  // The address can change without the input: back and forward, and links.
  useEffect(() => setText(table.state.text), [table.state.text])
  return (
    <TextInput
      type="search"
      label={`Search ${label}`}
      {...(only !== undefined && { placeholder: only })}
      value={text}
      miw={200}
      flex="1 1 12rem"
      maw={420}
      autoComplete="off"
      onChange={(event) => {
        setText(event.currentTarget.value)
        table.searchSoon(event.currentTarget.value)
      }}
    />
  )
}
