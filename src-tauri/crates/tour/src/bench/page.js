// Put into the page by the driver, for measuring only: what is asked of the core, how long that takes, when typing is saved, how long
// the list takes to be drawn. Changes nothing that the page shows.
window.bench ??= (() => {
  let calls = []
  let watching = true
  let pending = 0
  let last = performance.now()
  let typed = []
  let saves = []
  let heard
  const length = (body) => (typeof body === 'string' ? new TextEncoder().encode(body).length : (body?.byteLength ?? 0))
  const bare = window.fetch
  window.fetch = async (...words) => {
    if (!watching) return bare(...words)
    const address = new URL(words[0], location.href)
    if (address.protocol !== 'ipc:') return bare(...words)
    const one = { command: decodeURIComponent(address.pathname.slice(1)), body: words[1]?.body, asked: length(words[1]?.body), begun: performance.now() }
    calls.push(one)
    pending += 1
    try {
      const answer = await bare(...words)
      one.answered = (await answer.clone().arrayBuffer()).byteLength
      one.ok = answer.headers.get('Tauri-Response') === 'ok'
      one.done = performance.now()
      if (one.command === 'save_draft' && one.ok) saves.push([one.begun, one.done])
      const json = answer.json.bind(answer)
      answer.json = async () => {
        const read = await json()
        heard?.(one.command)
        return read
      }
      return answer
    } finally {
      pending -= 1
      last = performance.now()
    }
  }
  const invoke = (command, given) => window.__TAURI_INTERNALS__.invoke(command, given)
  // What the host calls back while a command runs.
  const channel = () => `__CHANNEL__:${window.__TAURI_INTERNALS__.transformCallback(() => {})}`
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  const settled = async () => {
    const limit = performance.now() + 20000
    while (pending > 0 || performance.now() - last < 400) {
      await frame()
      if (performance.now() > limit) throw new Error(`${location.hash} does not come to rest`)
    }
  }
  const go = async (place) => {
    location.hash = place
    last = performance.now()
    await settled()
  }
  const round = (value) => Math.round(value * 10) / 10
  const share = (all, part) => {
    const sorted = [...all].sort((a, b) => a - b)
    return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
  }

  return {
    go,
    settled,
    // A screen, come to from elsewhere: what was asked for it, and how much there is of it.
    screen: async (place, from) => {
      await go(from)
      calls = []
      await go(place)
      const asked = calls.map(({ command, body, asked, answered }) => ({ command, body, asked, answered }))
      return { calls: asked, nodes: document.querySelectorAll('*').length }
    },
    // The same calls again and again; milliseconds of one round of them.
    repeat: async (asked, times) => {
      watching = false
      try {
        const given = asked.map(({ command, body }) => [command, body ? JSON.parse(body) : {}])
        for (let warm = 0; warm < 5; warm += 1) for (const [command, words] of given) await invoke(command, words)
        const begun = performance.now()
        for (let time = 0; time < times; time += 1) for (const [command, words] of given) await invoke(command, words)
        return (performance.now() - begun) / times
      } finally {
        watching = true
      }
    },
    // From the answer to the drawn and laid out list, so many times together; and the same page as nothing but its own markup.
    drawn: async (times) => {
      let ours = 0
      let plain = 0
      let rows = 0
      for (let time = 0; time < times; time += 1) {
        await go('#/settings/practice')
        let begun
        let end
        heard = (command) => { if (command === 'clients') begun ??= performance.now() }
        const watch = new MutationObserver(() => {
          if (begun === undefined || !document.querySelector('table.clients tbody tr')) return
          void document.querySelector('table.clients').offsetHeight
          end = performance.now()
        })
        watch.observe(document.body, { childList: true, subtree: true })
        await go('#/clients')
        watch.disconnect()
        heard = undefined
        ours += end - begun
        const main = document.querySelector('main')
        const markup = main.innerHTML
        rows = main.querySelectorAll('tbody tr:not(.gap)').length
        const bare = main.cloneNode(false)
        main.style.display = 'none'
        main.after(bare)
        void bare.offsetHeight
        await frame()
        const before = performance.now()
        bare.innerHTML = markup
        void bare.querySelector('table').offsetHeight
        plain += performance.now() - before
        bare.remove()
        main.style.display = ''
      }
      return { ours: ours / times, plain: plain / times, rows }
    },
    // Typing: when each key was pressed, and when it was saved.
    watch_typing: () => {
      typed = []
      saves = []
      addEventListener('keydown', (event) => { if (event.key.length === 1) typed.push(performance.now()) }, { capture: true })
    },
    forget_typing: () => { typed = []; saves = [] },
    typing: () => {
      const waits = typed.map((at) => saves.find(([begun]) => begun >= at)).map((save, at) => save && save[1] - typed[at])
      const known = waits.filter((wait) => wait !== undefined)
      return {
        keys: typed.length, unsaved: typed.length - known.length, saved_p95_ms: share(known, 0.95), saved_worst_ms: share(known, 1),
        saves: saves.length, save_p95_ms: share(saves.map(([a, b]) => b - a), 0.95), save_worst_ms: share(saves.map(([a, b]) => b - a), 1),
      }
    },
    // Something that is done while one types: again and again, or once.
    doing: (() => {
      let on = false
      let ended = Promise.resolve()
      const many = (act, pause) => {
        on = true
        ended = (async () => {
          let times = 0
          const begun = performance.now()
          while (on) {
            await act()
            times += 1
            if (pause > 0) await new Promise((done) => setTimeout(done, pause))
          }
          return { times, each_ms: round((performance.now() - begun) / times) }
        })()
      }
      return {
        nothing: () => { ended = Promise.resolve({}) },
        search: () => many(() => invoke('notes', { filter: 'approved', find: 'the week', offset: 0, limit: 20 }), 0),
        backup: () => many(() => invoke('back_up', { progress: channel() }), 0),
        summary: (client) => many(() => invoke('bring_summary_up_to_date', { client }), 250),
        choose: () => { ended = invoke('choose_import', {}) },
        import: () => {
          const begun = performance.now()
          ended = invoke('run_import', { progress: channel(), backup: channel() }).then((imported) => ({ imported, ms: round(performance.now() - begun) }))
        },
        over: async () => {
          on = false
          return (await ended) ?? {}
        },
      }
    })(),
  }
})()
