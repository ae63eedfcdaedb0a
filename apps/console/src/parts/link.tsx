import { Anchor, type AnchorProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link, type NavigateOptions, useNavigate, useSearchParams } from 'react-router'
import { ORGANISATION } from './client.ts'

/** An address of the console, from its root, that stays in the organisation acted in: `users/new`. */
export function useAddress(): (to: string) => string {
  const [parameters] = useSearchParams()
  const organisation = parameters.get(ORGANISATION)
  return (to) => {
    const [path = '', query] = to.replace(/^\//, '').split('?', 2)
    const kept = new URLSearchParams(query)
    if (organisation !== null && !kept.has(ORGANISATION)) kept.set(ORGANISATION, organisation)
    return `/${path}${kept.size > 0 ? `?${kept}` : ''}`
  }
}

export interface ConsoleLinkProps extends AnchorProps {
  /** From the root of the console. */
  readonly to: string
  /** Shown on hover. */
  readonly title?: string
  readonly children: ReactNode
}

/** A link within the console. */
export function ConsoleLink({ to, ...props }: ConsoleLinkProps) {
  return <Anchor component={Link} inherit to={useAddress()(to)} {...props} />
}

/** Goes elsewhere within the console, as a link would. */
export function useGo(): (to: string, options?: NavigateOptions) => void {
  const navigate = useNavigate()
  const address = useAddress()
  return (to, options) => void navigate(address(to), options)
}
