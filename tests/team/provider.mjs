// The official provider of Hocuspocus, driven by lines of JSON: what it is told on the standard input, what
// happened on the standard output.
import readline from 'node:readline'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

const [url, room, token, sessions] = process.argv.slice(2)
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`)
const document = new Y.Doc()
const cards = document.getMap('cards')
const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket, delay: 100, minDelay: 50 })
const provider = new HocuspocusProvider({
  websocketProvider, name: room, document, token, sessionAwareness: sessions === 'sessions',
  onSynced: () => say({ event: 'synced' }),
  onAuthenticated: ({ scope }) => say({ event: 'authenticated', scope }),
  onAuthenticationFailed: ({ reason }) => say({ event: 'denied', reason }),
  onUnsyncedChanges: ({ number }) => say({ event: 'unsynced', number }),
})
provider.attach()
document.on('update', () => say({ event: 'cards', cards: cards.toJSON() }))
provider.awareness.on('change', () =>
  say({ event: 'presence', users: [...provider.awareness.getStates().values()].map((state) => state.user ?? null) }))

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { set, text, appear, connect } = JSON.parse(line)
  if (set) cards.set(...set)
  if (text) {
    if (!cards.has(text[0])) cards.set(text[0], new Y.Text())
    cards.get(text[0]).insert(0, text[1])
  }
  if (appear) provider.setAwarenessField('user', appear)
  if (connect === true) websocketProvider.connect()
  if (connect === false) websocketProvider.disconnect()
}).on('close', () => process.exit(0))
