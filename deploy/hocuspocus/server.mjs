// A server of rooms for an organisation: Hocuspocus, with what it needs to be trusted. An update is on the disk
// before anybody hears of it; tokens are those of `lfroadmap serve token`, in the same folder; what is too large,
// forged, or builds on what is missing is refused. Several of these on one machine share the folder, and tell each
// other by Redis what comes.
//
//   node server.mjs --data FOLDER [--host 127.0.0.1] [--port 8737] [--redis HOST:PORT]
import { createHash } from 'node:crypto'
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { Redis } from '@hocuspocus/extension-redis'
import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'

const MESSAGE = 16_000_000, ROOM = 64_000_000, PRESENCE = 1024, PRESENCES = 8 // bytes, and presences of a connection
const FOLD_AFTER = 500 // updates of a room
const { values: { data, host, port, redis } } = parseArgs({ options: {
  data: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '8737' }, redis: { type: 'string' },
} })
const end = (why) => { console.error(why); process.exit(1) }
const refuse = (code, reason) => { throw Object.assign(new Error(reason), { code, reason }) }
if (!data || !existsSync(join(data, 'tokens.db'))) {
  end('--data names a folder with tokens: lfroadmap serve token add NAME --room ROOM --data FOLDER')
}

process.umask(0o077)
const tokens = new DatabaseSync(join(data, 'tokens.db'), { readOnly: true, timeout: 5000 })
const valid = tokens.prepare('SELECT id, room, read_only FROM tokens WHERE revoked IS NULL AND hash = ?')
const stillValid = tokens.prepare('SELECT id FROM tokens WHERE revoked IS NULL')

const file = join(data, 'hocuspocus.db')
const db = new DatabaseSync(file, { timeout: 5000 })
chmodSync(file, 0o600)
db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
  CREATE TABLE IF NOT EXISTS updates(id INTEGER PRIMARY KEY, room TEXT NOT NULL, data BLOB NOT NULL);
  CREATE INDEX IF NOT EXISTS updates_of_rooms ON updates(room, id)`)
const add = db.prepare('INSERT INTO updates(room, data) VALUES(?, ?)')
const all = db.prepare('SELECT id, data FROM updates WHERE room = ? ORDER BY id')
const cut = db.prepare('DELETE FROM updates WHERE room = ? AND id <= ?')
const size = db.prepare('SELECT count(*) AS rows, total(length(data)) AS bytes FROM updates WHERE room = ?')

function fold(room) {
  const whole = new Y.Doc()
  db.exec('BEGIN IMMEDIATE') // another server may append: before or after
  try {
    const rows = all.all(room)
    for (const row of rows) Y.applyUpdate(whole, row.data)
    cut.run(room, rows.at(-1).id)
    add.run(room, Y.encodeStateAsUpdate(whole))
    db.exec('COMMIT')
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK')
  }
}

// What is in memory and not on the disk may neither be sent nor acknowledged: where the disk refuses, this ends
// before it is, and everybody brings what they have when they come back.
function append(room, update) {
  try { add.run(room, update) } catch (error) { end(`Nothing can be written: ${error.message}`) }
}

// Two people may share into an empty room at the same moment: the second one's roadmap is another one.
function isOfAnother(document, update) {
  const lineage = document.getMap('meta').get('lineage')
  if (!lineage || !Buffer.from(update).includes('lineage')) return false
  const alone = new Y.Doc()
  Y.applyUpdate(alone, update)
  return (alone.getMap('meta').get('lineage') ?? lineage) !== lineage
}

const server = new Server({
  port: Number(port), address: host, quiet: true, websocketOptions: { maxPayload: MESSAGE },
  maxUnauthenticatedQueueSize: 1_000_000, maxPendingDocuments: 16,
  extensions: redis ? [new Redis({ host: redis.split(':')[0], port: Number(redis.split(':')[1] ?? 6379) })] : [],

  async onAuthenticate({ token, documentName, connectionConfig }) {
    const found = valid.get(createHash('sha256').update(token).digest())
    if (!found || found.room !== documentName) refuse(4403, 'permission-denied')
    connectionConfig.readOnly = found.read_only === 1
    return { token: found.id }
  },
  async onLoadDocument({ document, documentName }) {
    for (const row of all.all(documentName)) Y.applyUpdate(document, row.data)
    // this comes within the update's transaction, and so before its acknowledgement; what comes from
    // another server by Redis is written by that one
    document.on('update', (update, origin) => { if (origin?.source !== 'redis') append(documentName, update) })
    document.on('afterTransaction', ({ origin }) => {
      if (document.store.pendingStructs === null && document.store.pendingDs === null) return
      // it builds on what is not here, and would be lost with this process: the peer shall come again with all
      document.store.pendingStructs = document.store.pendingDs = null
      const connection = origin?.connection
      if (!connection) return
      connection.close({ code: 4205, reason: 'base-missing' })
      connection.send = () => {} // its acknowledgement would follow
    })
  },
  async beforeSync({ type, payload, document, documentName, connection }) {
    if (type === 0 || connection.readOnly) return
    try { Y.decodeUpdate(payload) } catch { refuse(1007, 'bad-update') } // it would be acknowledged
    if (isOfAnother(document, payload)) refuse(4409, 'another-roadmap')
    if (size.get(documentName).bytes + payload.length > ROOM) {
      fold(documentName)
      if (size.get(documentName).bytes + payload.length > ROOM) refuse(1009, 'room-full')
    }
  },
  async beforeHandleAwareness({ states, document, connection }) {
    if (!connection) return
    const own = document.getClients(connection)
    const others = document.getConnections().filter((each) => each.context.token !== connection.context.token)
    for (const [client, state] of states) {
      const isForged = others.some((each) => document.getClients(each).has(client))
      const isTooMany = !own.has(client) && own.size >= PRESENCES
      if (isForged || isTooMany || Buffer.byteLength(JSON.stringify(state)) > PRESENCE) states.delete(client)
    }
  },
  async onStoreDocument({ documentName }) { if (size.get(documentName).rows > FOLD_AFTER) fold(documentName) },
})

setInterval(() => { // revoking acts on open connections
  const ids = new Set(stillValid.all().map((row) => row.id))
  for (const document of server.hocuspocus.documents.values()) {
    for (const connection of document.getConnections()) {
      if (!ids.has(connection.context.token)) connection.close({ code: 4403, reason: 'revoked' })
    }
  }
}, 1000).unref()

await server.listen()
console.log(`ws://${host}:${server.address.port}`)
