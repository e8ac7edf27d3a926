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
    const width = printing ? Math.min(PRINTED, plot.dataset.small ? 190 : PRINTED) : undefined
    Plotly.react(plot, data, { ...layout, template, width, autosize: !printing },
      { displaylogo: false, responsive: true, logging: 0, displayModeBar: plot.dataset.small ? false : "hover",
        modeBarButtonsToRemove: ["select2d", "lasso2d", "toImage"] })
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
