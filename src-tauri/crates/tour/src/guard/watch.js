// Watches the page while hostile texts are shown: what ran, what was asked of the core, what was made of text. Changes nothing
// that the page shows; put there once by the driver, outside of the page's own policy.
window.watch ??= (() => {
  const ran = []
  Object.defineProperty(window, '__ran', { value: ran })
  const log = { asked: [], elsewhere: [], opened: [], blocked: [], tags: new Set(), attributes: new Set(), links: new Set() }
  let pending = 0
  let changed = 0

  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => { log.opened.push(name) }
  const fetch = window.fetch
  window.fetch = (...words) => {
    const address = new URL(words[0], location.href)
    if (address.protocol === 'ipc:') log.asked.push(decodeURIComponent(address.pathname.slice(1)))
    else log.elsewhere.push(String(words[0]))
    pending += 1
    return fetch(...words).finally(() => { pending -= 1 })
  }
  const open = XMLHttpRequest.prototype.open
  XMLHttpRequest.prototype.open = function (...words) {
    log.elsewhere.push(words.join(' '))
    return open.apply(this, words)
  }
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) if (!/^(ipc|tauri):\/\/localhost\//.test(name)) log.elsewhere.push(name)
  }).observe({ type: 'resource', buffered: true })
  document.addEventListener('securitypolicyviolation', (event) => log.blocked.push(`${event.effectiveDirective} ${event.blockedURI}`))

  // An element is known by its tag, its attributes' names, and where it leads.
  const links = ['href', 'xlink:href', 'src', 'srcset', 'srcdoc', 'action', 'formaction', 'data', 'poster', 'background', 'ping', 'content', 'http-equiv']
  const pattern = (value) => value.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/\?.*/s, '?').slice(0, 80)
  const note = (element) => {
    log.tags.add(element.localName)
    for (const { name, value } of element.attributes) {
      log.attributes.add(name)
      if (links.includes(name)) log.links.add(`${element.localName} ${name}=${pattern(value)}`)
    }
  }
  const census = (root) => {
    if (root.nodeType !== Node.ELEMENT_NODE) return
    note(root)
    root.querySelectorAll('*').forEach(note)
  }
  new MutationObserver((records) => {
    changed = performance.now()
    for (const record of records) {
      record.addedNodes.forEach(census)
      if (record.type === 'attributes') note(record.target)
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  census(document.documentElement)

  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  // Nothing is being asked, and a few frames pass without a change.
  const settled = async () => {
    const limit = performance.now() + 8000
    for (let quiet = 0; quiet < 3;) {
      await frame()
      quiet = pending === 0 && performance.now() - changed > 24 ? quiet + 1 : 0
      if (performance.now() > limit) throw new Error(`${location.hash} does not come to rest`)
    }
  }
  // The application has asked for all that its start needs.
  const awake = async () => {
    for (const limit = performance.now() + 8000; !document.querySelector('nav');) {
      await frame()
      if (performance.now() > limit) throw new Error('the window does not come up')
    }
    await settled()
  }
  const key = (name, chord = {}) => {
    const at = document.activeElement ?? document.body
    at.dispatchEvent(new KeyboardEvent('keydown', { key: name, code: name, bubbles: true, cancelable: true, ...chord }))
  }
  const set = (field, value) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, value)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }

  // Everything that stands in the page, without the spaces that layout adds.
  const bare = (text) => text.normalize('NFC').replace(/[\s\u200b\u2060\ufeff]+/g, '')
  const letters = (text) => bare(text).replace(/&(?:lt|gt|amp|quot|nbsp|#x?[0-9a-f]+);/gi, '').replace(/[^\p{L}\p{N}\p{M}]+/gu, '')
  const shown = () => [document.body.textContent, ...[...document.querySelectorAll('input, textarea')].map((field) => field.value)].join('\u0000')
  // Which of the texts stand there as they were written.
  const present = (texts) => {
    const [all, plain] = [bare(shown()), letters(shown())]
    return texts.filter(([, prose, text]) => (prose ? plain.includes(letters(text)) : all.includes(bare(text)))).map(([name]) => name)
  }

  const begin = () => {
    const before = log.asked.length
    return { asked: () => [...new Set(log.asked.slice(before))] }
  }
  const go = async (place) => {
    location.hash = place
    await settled()
    // The page has a frame in which it has the new address and asks nothing yet.
    await settled()
  }
  const stands = () => `${location.origin}${location.pathname}${location.search}`

  return { log, ran, go, key, set, awake, settled, present, begin, bare, letters, shown, stands }
})()
