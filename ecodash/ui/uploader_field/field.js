// Sends the chosen files one after another, each under its own one-time token, and tells the page when all are there.
const fields = new WeakMap()

function line(field, file) {
  const item = document.createElement("li")
  for (const [tag, name] of [["span", "name"], ["span", "say"], ["div", "bar"]]) {
    const part = document.createElement(tag)
    part.className = name
    item.append(part)
  }
  const bar = item.querySelector(".bar")
  bar.append(document.createElement("i"))
  bar.setAttribute("role", "progressbar")
  bar.setAttribute("aria-label", file.name)
  item.querySelector(".name").textContent = file.name
  field.list.append(item)
  return {
    progress(percent) {
      bar.firstChild.style.width = percent + "%"
      bar.setAttribute("aria-valuenow", percent)
      item.querySelector(".say").textContent = percent + "%"
    },
    say(text, failed) {
      item.classList.toggle("failed", Boolean(failed))
      item.querySelector(".say").textContent = text
    },
    remove() { item.remove() },
  }
}

function finish(field) {
  field.busy = null
  if (field.queue.length === 0 && field.arrived.length > 0) {
    field.setStateValue("done", field.arrived.slice(-200))
  }
  send(field)
}

function send(field) {
  if (field.busy || field.queue.length === 0) return
  const token = field.data.tokens.find(one => !field.used.has(one))
  if (!token) {
    // More files than tokens at hand: report what arrived, the page answers with new tokens.
    if (field.arrived.length > 0) field.setStateValue("done", field.arrived.slice(-200))
    return
  }
  const { file, row } = field.queue.shift()
  field.used.add(token)
  const request = new XMLHttpRequest()
  field.busy = request
  request.upload.onprogress = e => { if (e.total) row.progress(Math.round((100 * e.loaded) / e.total)) }
  request.onload = () => {
    if (request.status === 200) {
      row.say(field.data.t.arrived)
      field.rows.push({ token, row })
      field.arrived.push({ token, name: file.name })
    } else {
      let reason = "network"
      try { reason = JSON.parse(request.responseText).error } catch { /* a proxy answered, not we */ }
      row.say(field.data.t[reason] || field.data.t.network, true)
    }
    finish(field)
  }
  request.onerror = () => { row.say(field.data.t.network, true); finish(field) }
  request.open("PUT", "api/upload/" + token)
  request.setRequestHeader("Content-Type", "application/octet-stream")
  request.send(file)
}

function take(field, files) {
  for (const file of files) {
    const row = line(field, file)
    if (file.size > field.data.max) { row.say(field.data.t.too_big, true); continue }
    row.say(field.data.t.waiting)
    field.queue.push({ file, row })
  }
  send(field)
}

export default function (component) {
  const { data, parentElement, setStateValue } = component
  const box = parentElement.querySelector(".box")
  const input = parentElement.querySelector(".file")
  let field = fields.get(parentElement)
  if (!field) {
    field = { queue: [], used: new Set(), arrived: [], rows: [], busy: null }
    fields.set(parentElement, field)
  }
  field.data = data
  field.setStateValue = setStateValue
  field.list = parentElement.querySelector(".list")
  parentElement.querySelector(".button").textContent = data.t.browse
  parentElement.querySelector(".hint").textContent = data.t.hint
  input.accept = data.accept
  input.setAttribute("aria-label", data.t.browse)
  input.onchange = () => { take(field, [...input.files]); input.value = "" }
  box.ondragover = e => { e.preventDefault(); box.classList.add("over") }
  box.ondragleave = () => box.classList.remove("over")
  box.ondrop = e => { e.preventDefault(); box.classList.remove("over"); take(field, [...e.dataTransfer.files]) }
  // What the page has taken over (its token is no longer offered) leaves the list.
  field.rows = field.rows.filter(({ token, row }) => data.tokens.includes(token) || row.remove())
  send(field)
  return () => { if (field.busy) field.busy.abort(); fields.delete(parentElement) }
}
