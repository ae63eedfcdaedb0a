import { type TLiteral, type TString, Type } from 'typebox'

const attribute = { xml: { attribute: true } } as const

function linkOf<Rel extends TString | TLiteral<string>>(rel: Rel) {
  return Type.Object({ rel, href: Type.String(attribute) }, { additionalProperties: false, xml: { name: 'link' } })
}

/** A link as Huddle writes it: in XML an element of two attributes. */
export const LinkDto = linkOf(Type.String(attribute))

/** A link to a client application. */
export const ClientLinkDto = linkOf(Type.Literal('client', attribute))

const Links = Type.Array(LinkDto, { xml: { wrapped: true }, xmlItem: 'link' })
const Time = Type.String({ format: 'date-time' })

/** How much a client application is used in a company. */
const ClientUseDto = Type.Object({
  users: Type.Integer({ description: 'How many have come with it' }),
  firstUsedAt: Type.Optional(Time),
  lastUsedAt: Type.Optional(Time),
})

/** A client application as a company sees it. */
const CompanyClientDto = Type.Object(
  {
    links: Links,
    name: Type.String(),
    isPermitted: Type.Boolean({ description: 'Whether the company lets it in' }),
    isPublic: Type.Boolean({ description: 'Whether it keeps no secret (RFC 6749, 2.1)' }),
    use: ClientUseDto,
  },
  { xml: { name: 'client' } },
)

export const CompanyClientsDto = Type.Object(
  { links: Links, clients: Type.Array(CompanyClientDto, { xmlItem: 'client' }) },
  { xml: { name: 'clients' } },
)

export const PermittedClientsDto = Type.Object(
  { permittedClients: Type.Array(ClientLinkDto, { xmlItem: 'link' }) },
  { additionalProperties: false, xml: { name: 'permittedClients' } },
)

const UserRef = { userId: Type.String({ format: 'uuid' }), username: Type.String() }

/** Who has come with a client application. */
export const ClientUsersDto = Type.Object(
  {
    links: Links,
    users: Type.Array(Type.Object({ ...UserRef, firstUsedAt: Time, lastUsedAt: Time }), { xmlItem: 'user' }),
  },
  { xml: { name: 'users' } },
)

/** A user who was stopped at the gate and asks for a client application to be permitted. */
const ClientRequestDto = Type.Object({
  links: Links,
  name: Type.String({ description: 'Of the client' }),
  isAvailable: Type.Boolean({ description: 'False: a superadmin has to make it available before it can be permitted' }),
  ...UserRef,
  reason: Type.Optional(Type.String()),
  requestedAt: Time,
})

export const ClientRequestsDto = Type.Object(
  { links: Links, requests: Type.Array(ClientRequestDto, { xmlItem: 'request' }) },
  { xml: { name: 'requests' } },
)
