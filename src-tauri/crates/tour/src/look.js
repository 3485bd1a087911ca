// What a person, or a screen reader, finds in the page: roles, names, what is in view. Runs in the page; changes nothing.
const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim()

const there = (element) => {
  if (element.closest('[inert], [aria-hidden=true]')) return false
  const box = element.getBoundingClientRect()
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === 'visible'
}

const inputs = { checkbox: 'checkbox', radio: 'radio', button: 'button', submit: 'button', range: 'slider', number: 'spinbutton' }
const tags = {
  ARTICLE: 'article', ASIDE: 'complementary', BUTTON: 'button', DD: 'definition', DIALOG: 'dialog', DT: 'term', FIELDSET: 'group',
  H1: 'heading', H2: 'heading', H3: 'heading', LI: 'listitem', MAIN: 'main', NAV: 'navigation', OL: 'list', OPTION: 'option',
  SUMMARY: 'button', TABLE: 'table', TD: 'cell', TEXTAREA: 'textbox', TH: 'columnheader', TR: 'row', UL: 'list',
}
const roleOf = (element) => {
  const said = element.getAttribute('role')
  if (said) return said.split(' ')[0]
  const tag = element.tagName
  if (tag === 'A') return element.hasAttribute('href') ? 'link' : ''
  if (tag === 'INPUT') return inputs[element.type] || (element.type === 'search' ? 'searchbox' : 'textbox')
  if (tag === 'SELECT') return element.multiple || element.size > 1 ? 'listbox' : 'combobox'
  if (tag === 'SECTION') return element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') ? 'region' : ''
  if (element.isContentEditable && element.getAttribute('contenteditable') !== null) return 'textbox'
  return tags[tag] || ''
}

// What has a name of its own and things to read in it besides.
const holds = new Set(['article', 'complementary', 'dialog', 'group', 'list', 'listbox', 'main', 'navigation', 'radiogroup', 'region', 'table'])

// A shortcut printed on a button is a hint beside its name, not part of it.
const contents = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent
  if (node.nodeType !== Node.ELEMENT_NODE) return ''
  if (node.tagName === 'KBD' || node.getAttribute('aria-hidden') === 'true') return ''
  const style = getComputedStyle(node)
  if (style.display === 'none' || style.visibility === 'hidden') return ''
  const label = node.getAttribute('aria-label')
  if (label && !holds.has(roleOf(node))) return label
  const text = [...node.childNodes].map(contents).join('')
  return style.display.startsWith('inline') ? text : ` ${text} `
}
const nameOf = (element) => {
  const by = element.getAttribute('aria-labelledby')
  if (by) return squeeze(by.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(contents).join(' '))
  const label = element.getAttribute('aria-label')
  if (label) return squeeze(label)
  if (element.labels?.length) {
    const own = [...element.labels].map((label) => [...label.childNodes].filter((node) => node !== element).map(contents).join(' '))
    if (squeeze(own.join(' '))) return squeeze(own.join(' '))
  }
  if (['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName)) return squeeze(element.title || element.placeholder)
  return squeeze(contents(element)) || squeeze(element.title)
}

// The top dialog, while one is open, hides the rest from everybody.
const stage = () => [...document.querySelectorAll('dialog[open], [role=dialog], [role=alertdialog]')].filter(there).pop() || document.body

const matches = { is: (name, want) => name === want, starts: (name, want) => name.startsWith(want), has: (name, want) => name.includes(want) }
const find = (role, want, how, within) => {
  const root = within || stage()
  const all = [...(within ? [] : [root]), ...root.querySelectorAll('*')].filter((element) => roleOf(element) === role && there(element))
  const named = all.map((element) => [element, nameOf(element)])
  return {
    found: named.filter(([, name]) => matches[how](name.toLowerCase(), squeeze(want).toLowerCase())).map(([element]) => element),
    others: named.map(([, name]) => name.slice(0, 60)),
  }
}

const readable = (element) => squeeze(contents(element))

// Definition lists, as pairs of term and everything said of it.
const facts = (within) => {
  const read = {}
  for (const term of (within || stage()).querySelectorAll('dt')) {
    if (!there(term)) continue
    const said = []
    for (let next = term.nextElementSibling; next && next.tagName === 'DD'; next = next.nextElementSibling) said.push(readable(next))
    read[readable(term)] ??= squeeze(said.join(' | '))
  }
  return read
}

const rows = (table) => {
  const heads = [...table.querySelectorAll('thead th, [role=columnheader]')].map(readable)
  const body = [...table.querySelectorAll('tbody tr, [role=row]')].filter((row) => there(row) && row.querySelector('td, [role=cell], [role=gridcell]'))
  return body.map((row) => Object.fromEntries([...row.querySelectorAll('td, th[scope=row], [role=cell], [role=gridcell], [role=rowheader]')].map((cell, at) => [heads[at] ?? `${at}`, readable(cell)])))
}

// Wholly inside the window, and not under something else.
const inView = (element) => {
  const box = element.getBoundingClientRect()
  if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) return false
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
  return !!top && (element.contains(top) || top.contains(element))
}

// Answers once an element is where it was two frames ago, or is gone.
const stands = (element, answer) => {
  const place = () => Object.values(element.getBoundingClientRect().toJSON()).join(' ')
  let [before, left] = ['', 120]
  const look = () => {
    const now = place()
    if (now === before || left === 0 || !element.isConnected) return answer()
    before = now
    left -= 1
    requestAnimationFrame(() => requestAnimationFrame(look))
  }
  look()
}

// Where the focus is, seen from an element: there, in the same list before or after it, or on something else.
const standing = (element) => {
  const at = document.activeElement
  if (at === element) return 'here'
  const list = at?.closest('[role=listbox], [role=radiogroup], [role=menu], tbody')
  if (list?.contains(element) && list !== at) return at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING ? 'before' : 'after'
  return at && at !== document.body ? `${roleOf(at)} ${nameOf(at)}`.slice(0, 60) : 'nothing'
}
