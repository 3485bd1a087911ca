// Today, the client list from top to end, notes, calendar, settings, and Find for some of the texts.
const [names, some, first, done] = arguments
const { go, key, set, settled, present, begin } = window.watch
;(async () => {
  const asked = begin()
  const missing = new Set()
  if (first) {
    for (const place of ['/today', '/notes', '/calendar', '/settings/practice', '/settings/about']) await go(place)
    await go('/clients')
    const seen = new Set()
    const box = document.querySelector('table.clients').parentElement
    for (let at = -1; box.scrollTop !== at;) {
      at = box.scrollTop
      present(names.map(([, prose, text]) => [text, prose, text])).forEach((text) => seen.add(text))
      box.scrollTop += box.clientHeight - 80
      await settled()
    }
    for (const [, , text] of names) if (!seen.has(text)) missing.add(text)
  }
  await go('/today')
  let found = 0
  for (const [, , text] of some) {
    key('k', { code: 'KeyK', ctrlKey: true })
    await settled()
    const field = document.querySelector('dialog[open] input, [role=dialog] input')
    if (!field) throw new Error('Find did not open')
    set(field, text)
    await new Promise((next) => setTimeout(next, 180))
    await settled()
    if (document.querySelector('dialog[open] [role=option], [role=dialog] [role=option]')) found += 1
    field.closest('dialog, [role=dialog]').dispatchEvent(new Event('cancel', { cancelable: true }))
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
    await settled()
  }
  done({ missing: [...missing], asked: asked.asked(), found })
})().catch((error) => done({ failed: String(error) }))
