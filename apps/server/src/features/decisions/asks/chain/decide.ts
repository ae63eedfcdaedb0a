import { dataSourceName } from '../../../repositories/index.ts'
import type { CompiledModel } from '../../compiled/compiled-model.ts'
import type { Spot } from '../../compiled/model-parts.ts'
import { describeTarget, type Target } from '../ask.ts'
import { type Entry, GATES } from './gates.ts'
import { deafToRules, hearRules } from './hear-rules.ts'
import type { Decision, Link } from './link.ts'
import type { ShowTeams } from './teams-to-show.ts'

/** All that decides one question. */
export interface Question extends Entry {
  readonly model: CompiledModel
  readonly teamsToShow: ShowTeams
}

/** Whether it may be done, link by link up to the first that refuses. */
export function decide(question: Question): Decision {
  const chain: Link[] = []
  for (const gate of GATES) {
    const link = gate(question)
    if (!link) continue
    chain.push(link)
    if (link.outcome === 'refuses') return { allowed: false, chain }
    if (link.link === 'stewardship' && link.outcome === 'allows') return { allowed: true, chain }
  }
  const { ask, model, user, teamsToShow } = question
  if (!user) throw new Error('A user who is nobody passed the gates.')
  const { target, needs } = ask
  const member = model.findUserById(user.id)
  if (!member) return { allowed: false, chain: [...chain, deafToRules(user)] }
  const place = describeTarget(target)
  chain.push(...hearRules({ model, user: member, spot: findSpot(model, target), needs, place, teamsToShow }))
  return { allowed: chain.at(-1)?.outcome === 'allows', chain }
}

/** As `decide`, without the reasons. */
export function isAllowed(question: Question): boolean {
  for (const gate of GATES) {
    const link = gate(question)
    if (link?.outcome === 'refuses') return false
    if (link?.link === 'stewardship' && link.outcome === 'allows') return true
  }
  const { ask, model, user } = question
  const member = user && model.findUserById(user.id)
  const spot = findSpot(model, ask.target)
  return member !== undefined && spot !== undefined && model.rightOf(member, spot) >= ask.needs
}

/** Undefined when the model knows nothing by that name. */
export function findSpot(model: CompiledModel, target: Target): Spot | undefined {
  const name = target.kind === 'repository' ? target.name : dataSourceName(target.id)
  const repository = model.findRepository(name)
  return repository && { repository, path: target.path }
}
