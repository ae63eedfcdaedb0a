/** A request and the answer to it, as the original's document prints them: `...` stands for a URL. */
export interface HuddleSample {
  readonly name: string
  readonly request: string
  readonly response: string
}

const JSON_TYPE = 'application/vnd.huddle.data+json'
const XML_TYPE = 'application/vnd.huddle.data+xml'
const TOKEN = 'Authorization: OAuth2 frootymcnooty/vonbootycherooty'

/** The document's samples, word for word, but that trailing commas, which are no JSON, are left out. */
export const HUDDLE_SAMPLES: readonly HuddleSample[] = [
  {
    name: 'the clients of a company, in JSON',
    request: `GET /people/companies/:id/clients HTTP/1.1
Accept: ${JSON_TYPE}
${TOKEN}`,
    response: `HTTP/1.1 200 OK
Content-Type: ${JSON_TYPE}

{
"links": [{
"rel": "self",
"href": "..."
},{
"rel": "add",
"href": "..."
},{
"rel": "permit",
"href": "..."
}],
"clients": [{
"links": [{
"rel": "self",
"href": "..."
},{
"rel": "delete",
"href": "..."
}],
"name": "Huddle for Mac",
"isPermitted": true,
"isPublic": true
}, {
"links": [{
"rel": "self",
"href": "..."
},{
"rel": "delete",
"href": "..."
}],
"name": "Huddle for Office",
"isPermitted": true,
"isPublic": true
}]
}`,
  },
  {
    name: 'the clients of a company, in XML',
    request: `GET /people/companies/:id/clients HTTP/1.1
Accept: ${XML_TYPE}
${TOKEN}`,
    response: `HTTP/1.1 200 OK
Content-Type: ${XML_TYPE}

<clients>
<links>
<link rel="self" href="..." />
<link rel="add" href="..." />
<link rel="permit" href="..." />
</links>
<client>
<links>
<link rel="self" href="..." />
<link rel="delete" href="..." />
</links>
<name>Huddle for Mac</name>
<isPermitted>true</isPermitted>
<isPublic>true</isPublic>
</client>
<client>
<links>
<link rel="self" href="..." />
<link rel="delete" href="..." />
</links>
<name>Huddle for Office</name>
<isPermitted>true</isPermitted>
<isPublic>true</isPublic>
</client>
</clients>`,
  },
  {
    name: 'the permitted clients, in JSON',
    request: `GET /people/companies/:id/clients/permitted HTTP/1.1
Accept: ${JSON_TYPE}
${TOKEN}`,
    response: `HTTP/1.1 200 OK
Content-Type: ${JSON_TYPE}

{
"permittedClients": [{
"rel": "client",
"href": "..."
}, {
"rel": "client",
"href": "..."
}]
}`,
  },
  {
    name: 'the permitted clients, in XML',
    request: `GET /people/companies/:id/clients/permitted HTTP/1.1
Accept: ${XML_TYPE}
${TOKEN}`,
    response: `HTTP/1.1 200 OK
Content-Type: ${XML_TYPE}

<permittedClients>
<link rel="client" href="..." />
<link rel="client" href="..." />
</permittedClients>`,
  },
  {
    name: 'replacing the permitted clients, in JSON',
    request: `PUT /people/companies/:id/clients/permitted HTTP/1.1
Content-Type: ${JSON_TYPE}
${TOKEN}

{
"permittedClients": [{
"rel": "client",
"href": "..."
}, {
"rel": "client",
"href": "..."
}]
}`,
    response: 'HTTP/1.1 204 OK',
  },
  {
    name: 'replacing the permitted clients, in XML',
    request: `PUT /people/companies/:id/clients/permitted HTTP/1.1
Content-Type: ${XML_TYPE}
${TOKEN}

<permittedClients>
<link rel="client" href="..." />
<link rel="client" href="..." />
</permittedClients>`,
    response: 'HTTP/1.1 204 OK',
  },
  {
    name: 'making a client available, in JSON',
    request: `POST /people/companies/:id/clients HTTP/1.1
Content-Type: ${JSON_TYPE}
${TOKEN}

{
"rel": "client",
"href": "http://login.huddle.local/clients/:clientId"
}`,
    response: 'HTTP/1.1 200 OK',
  },
  {
    name: 'making a client available, in XML',
    request: `POST /people/companies/:id/clients HTTP/1.1
Content-Type: ${XML_TYPE}
${TOKEN}

<link rel="client" href="http://login.huddle.local/clients/:clientId" />`,
    response: 'HTTP/1.1 200 OK',
  },
  {
    name: 'taking a client away, in JSON',
    request: `DELETE /people/companies/:id/clients/:clientid HTTP/1.1
Content-Type: ${JSON_TYPE}
${TOKEN}`,
    response: 'HTTP/1.1 200 OK',
  },
  {
    name: 'taking a client away, in XML',
    request: `DELETE /people/companies/:id/clients/:clientid HTTP/1.1
Content-Type: ${XML_TYPE}
${TOKEN}`,
    response: 'HTTP/1.1 200 OK',
  },
  ...(['add', 'permit', 'remove'] as const).flatMap(bulkSamples),
  {
    name: 'the progress of a bulk process, in JSON',
    request: `GET /people/bulk-process/clients/progress/:requestId HTTP/1.1
Content-Type: ${JSON_TYPE}
${TOKEN}`,
    response: `HTTP/1.1 200 OK
Content-Type: ${JSON_TYPE}
Link: <...>;rel="progress"

{
"link": {
"rel": "self",
"href": "..."
},
"status": "InProgress"
}`,
  },
  {
    name: 'the progress of a bulk process, in XML',
    request: `GET /people/bulk-process/clients/progress/:requestId HTTP/1.1
Content-Type: ${XML_TYPE}
${TOKEN}`,
    response: `HTTP/1.1 200 OK
Content-Type: ${XML_TYPE}
Link: <...>;rel="progress"

<clients>
<link rel="self" href="..." />
<status>InProgress</status>
</clients>`,
  },
]

/** The same but for the name of the act. */
function bulkSamples(act: string): readonly HuddleSample[] {
  return [
    {
      name: `a bulk ${act}, in JSON`,
      request: `POST /people/bulk-process/clients HTTP/1.1
Content-Type: ${JSON_TYPE}
${TOKEN}

{
"${act}": {
"rel": "client",
"href": "..."
}
}`,
      response: `HTTP/1.1 201 Created
Content-Type: ${JSON_TYPE}
Link: <...>;rel="progress"

{
"link": {
"rel": "progress",
"href": "..."
}
}`,
    },
    {
      name: `a bulk ${act}, in XML`,
      request: `POST /people/bulk-process/clients HTTP/1.1
Content-Type: ${XML_TYPE}
${TOKEN}

<clients>
<${act} rel="client" href="..." />
</clients>`,
      response: `HTTP/1.1 201 Created
Content-Type: ${XML_TYPE}
Link: <...>;rel="progress"

<clients>
<link rel="progress" href="..." />
</clients>`,
    },
  ]
}

/** A message of HTTP in its parts; names of headers in lower case. */
export interface SampleMessage {
  readonly startLine: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

export function readSample(text: string): SampleMessage {
  const [head = '', ...rest] = text.split('\n\n')
  const [startLine = '', ...lines] = head.split('\n')
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(': ')
    return [name.toLowerCase(), value.join(': ')] as const
  })
  return { startLine, headers: Object.fromEntries(headers), body: rest.length === 0 ? undefined : rest.join('\n\n') }
}
