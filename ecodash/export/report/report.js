"use strict"
const read = (id) => document.getElementById(id).textContent
const themes = JSON.parse(read("themes"))
const root = document.documentElement
const night = matchMedia("(prefers-color-scheme: dark)")
const plots = [...document.querySelectorAll(".plot")]
const PRINTED = 690
let printing = false

const theme = () => printing ? "light" : root.dataset.theme || (night.matches ? "dark" : "light")

function draw() {
  const { tokens, template } = themes[theme()]
  for (const plot of plots) {
    let figure = read(plot.dataset.figure)
    for (const [token, color] of Object.entries(tokens)) figure = figure.replaceAll(token, color)
    const { data, layout } = JSON.parse(figure)
    for (const name of plot.dataset.small ? [] : Object.keys(layout)) {
      if (/^xaxis\d*$/.test(name)) layout[name].fixedrange = false
    }
    const width = printing ? Math.min(PRINTED, plot.dataset.small ? 190 : PRINTED) : undefined
    Plotly.react(plot, data, { ...layout, template, width, autosize: !printing },
      { displaylogo: false, displayModeBar: false, responsive: true, logging: 0 })
  }
}

const short = [...document.querySelectorAll("details.short:not([open])")]
addEventListener("beforeprint", () => { printing = true; short.forEach((one) => { one.open = true }); draw() })
addEventListener("afterprint", () => { printing = false; short.forEach((one) => { one.open = false }); draw() })
night.addEventListener("change", draw)
document.getElementById("theme").addEventListener("click", () => {
  root.dataset.theme = theme() === "dark" ? "light" : "dark"
  draw()
})
draw()
