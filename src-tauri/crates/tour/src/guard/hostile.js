// Walks the screens of one client. Arguments: where it all is, the texts as [name, prose, text].
const [client, texts, done] = arguments
const { go, key, awake, settled, present, begin, stands } = window.watch
const profile = `/clients/${client.client}`
const screens = [
  ['profile', profile],
  ['emergency', profile, 'e', { ctrlKey: true }],
  ['edit', profile, 'e', {}],
  ['consent', profile, 'c', { ctrlKey: true, shiftKey: true }],
  ['book', profile, 'b', {}],
  ['details', `${profile}/details`],
  ['summary', `${profile}/summary`],
  ['history', `${profile}/history`],
  ['homework', `${profile}/homework`],
  ['approved', `/notes/${client.approved}`],
  ['wrong', `/notes/${client.wrong}`],
  ['draft', `/notes/${client.draft}`],
  ['past', `/sessions/${client.past}`],
  ['next', `/sessions/${client.next}`],
]
const closed = async () => {
  for (let tries = 0; tries < 3 && document.querySelector('dialog[open]'); tries += 1) {
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.dispatchEvent(new Event('cancel', { cancelable: true }))
    key('Escape')
    await settled()
  }
}
;(async () => {
  await awake()
  const read = {}
  for (const [name, place, press, chord] of screens) {
    const asked = begin()
    if (location.hash !== `#${place}`) await go(place)
    if (press) {
      key(press, { code: `Key${press.toUpperCase()}`, ...chord })
      await settled()
    }
    read[name] = { shows: present(texts), asked: asked.asked(), stands: stands(), place: location.hash === `#${place}`, dialog: !!document.querySelector('dialog[open]') }
    if (press) await closed()
  }
  done({ read })
})().catch((error) => done({ failed: String(error) }))
