import type { Warning } from '../../kernel/proposal.ts'
import type { ImportSituation } from './import-policy.ts'

/** What somebody who imports a file should know, and nothing is lost by. */
export function warningsOf({ plan, known }: Pick<ImportSituation, 'plan' | 'known'>): Warning[] {
  const disabled = known.filter(({ enabled }) => !enabled)
  return [
    ...plan.notes.map(({ kind, message }) => ({ code: `import.${kind}`, message })),
    ...plan.others.repositories.map(({ name, sections }) => ({
      code: 'import.other_repository',
      message: `${sections} ${sections === 1 ? 'section is' : 'sections are'} of the repository "${name}", and not imported here.`,
    })),
    ...plan.others.groups.map((group) => ({
      code: 'import.other_repository',
      message: `Only sections of other repositories speak of the group @${group}; no team is made of it here.`,
    })),
    ...disabled.map(({ username }) => ({
      code: 'import.disabled_user',
      message: `${username} is disabled, and has no access whatever the file says.`,
    })),
  ]
}
