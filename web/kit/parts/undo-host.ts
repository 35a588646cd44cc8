import { createApp } from 'vue'
import UndoBar from './UndoBar.vue'

let shown = false

/** Puts the bar of what is held back beside the pages, once: it stays while they change, and is loaded only where something can be taken back. */
export function showUndoBar(): void {
  if (shown) return
  shown = true
  createApp(UndoBar).mount(document.body.appendChild(document.createElement('div')))
}
