/** Fastify alone, which reads the same body and decides nothing: prints its port, and goes on until it is killed. */
import fastify from 'fastify'

const app = fastify()
app.post('/', async () => ({ revision: 2, allowed: true, chain: [] }))
const url = await app.listen({ host: '127.0.0.1', port: 0 })
console.log(new URL(url).port)
