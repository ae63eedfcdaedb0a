import type { CurrentSession } from '@portreeve/client'
import type { ComponentType } from 'react'

/** One address of an area. */
export interface AreaPage {
  /** Below the area's own: empty for its first page, `new`, `:userId`. */
  readonly path: string
  /** In the title of the window and the breadcrumbs; a page that knows better says so with `<Page title>`. */
  readonly title: string
  /** Loaded when it is first opened. */
  load(): Promise<ComponentType>
}

/** Something the command palette offers besides the area itself. */
export interface AreaCommand {
  readonly title: string
  /** From the root of the console: `users/new`. */
  readonly to: string
  /** Whoever may open the area, when absent. */
  may?(session: CurrentSession): boolean
}

/** Where the navigation lists an area. */
export type AreaGroup = 'Access' | 'Apps and devices' | 'Data' | 'Administration' | 'You'

/** A part of the console: one folder below features/, declared here and listed in areas.ts, and nowhere else. */
export interface Area {
  /** Its address and its name in tests: `users`; empty for the first page of all. */
  readonly path: string
  readonly title: string
  readonly group: AreaGroup
  /** Who sees it. The server decides again about everything they do in it. */
  mayOpen(session: CurrentSession): boolean
  readonly pages: readonly AreaPage[]
  readonly commands?: readonly AreaCommand[]
}
