// Pastes texts into the parts of a draft, as words and as markup; leaves, comes back, approves, reads.
const [client, texts, done] = arguments
const { go, key, settled, bare } = window.watch
const place = `/notes/${client.draft}`
const parts = () => [...document.querySelectorAll('main [contenteditable=true], [contenteditable=true]')]
const wait = async (what, look) => {
  for (const limit = performance.now() + 6000; !look();) {
    await settled()
    if (performance.now() > limit) throw new Error(`${what}: ${document.querySelector('main')?.textContent.slice(0, 200)}`)
  }
}
;(async () => {
  const broken = []
  await go(place)
  await wait('no editor', () => parts().length >= texts.length)
  for (const [at, text] of texts.entries()) {
    const part = parts()[at]
    part.focus()
    document.execCommand('selectAll')
    // The editor hears of the selection a moment later.
    await new Promise((next) => setTimeout(next, 60))
    const data = new DataTransfer()
    data.setData('text/plain', text)
    data.setData('text/html', text)
    part.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    await settled()
  }
  const check = (when, found) => {
    for (const [at, text] of texts.entries()) if (bare(found(at)) !== bare(text)) broken.push(`${when}: ${JSON.stringify(found(at).slice(0, 120))} was ${JSON.stringify(text.slice(0, 120))}`)
  }
  check('pasted', (at) => parts()[at].textContent)
  await go('/today')
  await go(place)
  await wait('no editor again', () => parts().length >= texts.length)
  check('opened again', (at) => parts()[at].textContent)
  key('Enter', { ctrlKey: true })
  await wait('not approved', () => parts().length === 0)
  await go('/today')
  await go(place)
  const shown = bare(document.querySelector('main')?.textContent ?? document.body.textContent)
  for (const text of texts) if (!shown.includes(bare(text))) broken.push(`approved: not shown as written: ${JSON.stringify(text.slice(0, 120))}`)
  done({ broken })
})().catch((error) => done({ failed: String(error) }))
