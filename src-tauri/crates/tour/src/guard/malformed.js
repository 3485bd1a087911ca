// Calls every command with what does not belong there. Arguments: the commands' own types as the page has them, what to do and how often,
// where everything is. Answers how each command took it.
const [bindings, wish, places, done] = arguments
const { only, calls, sure, seed, patience } = wish
const invoke = window.__TAURI_INTERNALS__.invoke

let state = seed
const random = () => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const one = (list) => list[Math.floor(random() * list.length)]

// The types, read from the text of the bindings.
const bare = bindings.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
const parse = (text) => {
  const tokens = text.match(/"[^"]*"|\w+|[{}()[\]<>|:;,?]/g) ?? []
  let at = 0
  const take = (token) => tokens[at] === token && ++at > 0
  const single = () => {
    const token = tokens[at++]
    if (token[0] === '"') return { kind: 'literal', value: token.slice(1, -1) }
    if (token === '(') {
      const inner = union()
      take(')')
      return inner
    }
    if (token === '[') {
      const items = []
      while (!take(']')) { items.push(union()); take(',') }
      return { kind: 'tuple', items }
    }
    if (token === '{') {
      const fields = []
      while (!take('}')) {
        const name = tokens[at++]
        take('?')
        take(':')
        fields.push([name, union()])
        while (take(',') || take(';'));
      }
      return { kind: 'object', fields }
    }
    if (take('<')) { union(); take('>') }
    return { kind: 'name', name: token }
  }
  const union = () => {
    take('|')
    const options = []
    do {
      let option = single()
      while (tokens[at] === '[' && tokens[at + 1] === ']') { at += 2; option = { kind: 'list', of: option } }
      options.push(option)
    } while (take('|'))
    return options.length === 1 ? options[0] : { kind: 'union', options }
  }
  const parameters = () => {
    const all = []
    while (at < tokens.length) {
      const name = tokens[at++]
      take(':')
      all.push([name, union()])
      take(',')
    }
    return all
  }
  return { union, parameters }
}
const types = Object.fromEntries([...bare.matchAll(/export type (\w+) =([\s\S]*?)(?=\nexport type |\n\nasync |$)/g)].map(([, name, body]) => [name, parse(body).union()]))
const commands = [...bare.matchAll(/\w+: \(([^)]*)\) => .*?__TAURI_INVOKE[^(]*\("(\w+)"/g)].map(([, words, name]) => ({ name, parameters: parse(words).parameters() }))

const plain = ['string', 'number', 'boolean', 'null']
const told = (type) => type.kind === 'name' && !plain.includes(type.name) && types[type.name] ? told(types[type.name]) : type
const filled = (type) => {
  const known = told(type)
  if (known.kind !== 'union') return known
  return told(known.options.find((option) => told(option).name !== 'null'))
}
const mayLack = (type) => told(type).kind === 'union' && told(type).options.some((option) => told(option).name === 'null')
const id = () => '00000000-0000-7000-8000-' + String(Math.floor(random() * 1e12)).padStart(12, '0')

// A value as it should be. `whole` fills in what may be left out.
const good = (type, name, whole) => {
  if (mayLack(type) && !whole) return null
  if (type.kind === 'union') return good(type.options.find((option) => option.name !== 'null'), name, whole)
  if (type.kind === 'name') {
    if (type.name === 'Instant') return '2026-01-05T10:00:00Z'
    if (/Id$/.test(type.name)) return places[type.name] ?? id()
    if (type.name === 'Channel') return '__CHANNEL__:1'
  }
  const known = filled(type)
  if (known.kind === 'union') return good(known, name, whole)
  if (known.kind === 'literal') return known.value
  if (known.kind === 'tuple') return known.items.map((item) => good(item, name, whole))
  if (known.kind === 'list') return whole ? [good(known.of, name, false)] : []
  if (known.kind === 'object') return Object.fromEntries(known.fields.map(([field, of]) => [field, good(of, field, whole)]))
  if (known.name === 'number') return 5
  if (known.name === 'boolean') return false
  if (/(^|_)(on|date|until|born|started)$/.test(name)) return '2026-01-05'
  if (name === 'time') return '10:00'
  if (name === 'zone') return 'Europe/London'
  return 'words'
}
const entire = ({ parameters }, whole) => Object.fromEntries(parameters.map(([name, type]) => [name, good(type, name, whole)]))

// A value of another kind altogether.
const other = (type) => {
  const known = filled(type)
  if (type.kind === 'name' && type.name === 'Channel') return one([7, true, {}, 'words'])
  if (type.kind === 'name' && (/Id$/.test(type.name) || type.name === 'Instant')) return one([7, false, {}, [], 'words', ''])
  const kind = known.kind === 'name' ? known.name : known.kind
  return one({
    string: [7, true, { words: 1 }, [], ['words']],
    number: ['words', '7', {}, [], true, 1e40],
    boolean: ['true', 1, {}, []],
    literal: ['words', '', 7, {}, [], true],
    list: ['words', 7, { length: 1 }, true],
    tuple: ['words', 7, {}, []],
    object: ['words', 7, true],
  }[kind] ?? [{}])
}
// Whatever a string, a number or anything else may be and seldom is.
const odd = (type) => {
  const known = filled(type)
  const text = () => one(['', '\ud800x', '\u0000', '\u202e\u200b', 'x'.repeat(70_000), "'; DROP TABLE clients; --", '9999-12-31', '0000-00-00', '-1', 'Mars/Phobos', '24:61', 'é'.repeat(3_000), '<img src=x>', id(), ...(random() < 0.02 ? ['z'.repeat(2_000_000)] : [])])
  const deep = () => { let value = []; for (let level = 0; level < 4_000; level += 1) value = [value]; return value }
  if (known.name === 'number') return one([NaN, Infinity, -1, 0, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e308, 4_294_967_295])
  if (known.name === 'boolean') return one([true, false, null])
  if (known.name === 'string') return text()
  if (known.kind === 'list') return one([[], Array.from({ length: 3_000 }, () => good(known.of, '', false)), [good(known.of, '', true), good(known.of, '', true)]])
  if (known.kind === 'literal') return one([type.kind === 'union' ? one(type.options).value : known.value, text()])
  return one([null, text(), deep(), {}])
}

// Every place in the arguments at which something can be put.
const spots = ({ parameters }, args) => {
  const all = []
  const walk = (type, value, put) => {
    all.push({ type, put })
    const known = filled(type)
    if (value === null || typeof value !== 'object') return
    if (known.kind === 'object') for (const [field, of] of known.fields) walk(of, value[field], (next) => { value[field] = next })
    if (known.kind === 'tuple') known.items.forEach((of, at) => walk(of, value[at], (next) => { value[at] = next }))
    if (known.kind === 'list') value.forEach((of, at) => walk(known.of, of, (next) => { value[at] = next }))
  }
  for (const [name, type] of parameters) walk(type, args[name], (next) => { args[name] = next })
  return all
}
const wrong = (command) => {
  const required = command.parameters.filter(([, type]) => !mayLack(type))
  if (required.length > 0 && random() < 0.15) return one([null, 'words', 7, [], [[]], {}, new Uint8Array([0, 255])])
  const args = entire(command, random() < 0.7)
  if (required.length > 0 && random() < 0.15) {
    delete args[one(required)[0]]
    return args
  }
  const spot = one(spots(command, args))
  spot.put(other(spot.type))
  return args
}
const strange = (command) => {
  const args = entire(command, random() < 0.5)
  const changes = 1 + Math.floor(random() * 3)
  for (let change = 0; change < changes; change += 1) {
    const all = spots(command, args)
    if (all.length > 0) {
      const spot = one(all)
      spot.put(odd(spot.type))
    }
  }
  if (random() < 0.3) args.more = one([1, 'x'.repeat(10_000), { deep: [[[[]]]] }])
  return args
}

const answers = {}
let slowest = { ms: 0 }
const call = async (name, args) => {
  const of = (answers[name] ??= { calls: 0, ok: 0, arguments: 0, fault: 0, none: 0, refused: {} })
  of.calls += 1
  const begun = performance.now()
  let limit
  const late = new Promise((end) => { limit = setTimeout(end, patience, 'late') })
  const answer = await Promise.race([invoke(name, args).then((data) => ({ data }), (error) => ({ error })), late])
  clearTimeout(limit)
  const ms = performance.now() - begun
  if (ms > slowest.ms) slowest = { ms, name }
  if (answer === 'late') of.none += 1
  else if ('data' in answer) {
    of.ok += 1
    const said = JSON.stringify(answer.data) ?? ''
    if (said.includes(wish.canary)) of.told = true
  } else if (answer.error?.kind === 'refused') of.refused[answer.error.refusal.kind] = (of.refused[answer.error.refusal.kind] ?? 0) + 1
  else if (answer.error?.kind === 'fault') {
    of.fault += 1
    of.reference ??= `${answer.error.reference} for ${JSON.stringify(args).slice(0, 300)}`
  } else {
    of.arguments += 1
    of.example ??= String(answer.error).slice(0, 160)
  }
}
;(async () => {
  for (const command of commands.filter(({ name }) => only.includes(name))) {
    const until = performance.now() + wish.budget
    let at = 0
    const lane = async () => {
      for (; at < calls && performance.now() < until && !answers[command.name]?.none; ) {
        at += 1
        if (wish.whole) await call(command.name, entire(command, at % 2 === 0))
        else if (!sure) await call(command.name, strange(command))
        else if (command.parameters.length > 0) await call(command.name, wrong(command))
      }
    }
    // Calls as they should be come one after another, all others a few at once.
    await Promise.all(Array.from({ length: wish.whole ? 1 : 6 }, lane))
  }
  done({ answers, slowest })
})().catch((error) => done({ failed: `${error} ${error.stack}` }))
