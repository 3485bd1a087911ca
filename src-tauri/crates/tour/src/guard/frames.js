// Measures frames: the time between two, and whether every row that is in view is drawn.
window.framed = (() => {
  let gaps = []
  let blanks = []
  let rows = 0
  let last
  let running = false
  let begun = 0
  const table = () => document.querySelector('table.clients')
  const box = () => table()?.parentElement
  // The part of the list's window that belongs to the table and has no row in it, in pixels.
  const blank = () => {
    const list = table()
    if (!list) return 0
    const view = box().getBoundingClientRect()
    const whole = list.getBoundingClientRect()
    const top = Math.max(view.top, list.tHead.getBoundingClientRect().bottom, whole.top)
    const bottom = Math.min(view.bottom, whole.bottom, innerHeight)
    const drawn = list.querySelectorAll('tbody tr:not(.gap)')
    rows = Math.max(rows, drawn.length)
    if (drawn.length === 0 || bottom <= top) return Math.max(0, bottom - top)
    const first = drawn[0].getBoundingClientRect().top
    const end = drawn[drawn.length - 1].getBoundingClientRect().bottom
    return Math.max(0, Math.min(bottom, first) - top) + Math.max(0, bottom - Math.max(top, end))
  }
  const look = (now) => {
    if (!running) return
    if (last !== undefined) gaps.push(now - last)
    last = now
    // After the page's own work of this frame, as it will be painted.
    const channel = new MessageChannel()
    channel.port1.onmessage = () => { blanks.push(blank()) }
    channel.port2.postMessage(0)
    requestAnimationFrame(look)
  }
  const round = (value) => Math.round(value * 10) / 10
  return {
    begin: () => {
      gaps = []; blanks = []; rows = 0; last = undefined; running = true; begun = performance.now()
      requestAnimationFrame(look)
    },
    end: () => {
      running = false
      const sorted = [...gaps].sort((a, b) => a - b)
      const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
      const bare = blanks.filter((px) => px > 1)
      return {
        frames: gaps.length, seconds: round((performance.now() - begun) / 1000), median_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), worst_ms: at(1),
        over_50_ms: gaps.filter((gap) => gap > 50).length, blank_frames: bare.length, worst_blank_px: round(Math.max(0, ...bare)), most_rows: rows,
      }
    },
    // The same number of plain lines, of which nothing is done by anybody: what this machine's drawing alone takes.
    plain: (lines) => {
      const by = document.createElement('div')
      by.id = 'plain-lines'
      by.style.cssText = 'position: fixed; inset: 0; overflow: auto; z-index: 99; background: white'
      by.innerHTML = Array.from({ length: lines }, (_, at) => `<p style="height: 36px; margin: 0">Okonkwo-Fairweather ${at}, Maximiliana. Not yet. None yet. None booked. None set. Not recorded</p>`).join('')
      document.body.append(by)
    },
    plain_bottom: () => {
      const by = document.getElementById('plain-lines')
      return by.scrollTop + by.clientHeight >= by.scrollHeight - 2
    },
    away: () => document.getElementById('plain-lines').remove(),
    // The last client of all is drawn.
    bottom: () => [...document.querySelectorAll('table.clients tbody tr:not(.gap)')].some((row) => row.getAttribute('aria-rowindex') === table().getAttribute('aria-rowcount')),
    top: () => (box()?.scrollTop ?? 1) === 0,
  }
})()
