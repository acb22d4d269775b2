/**
 * Loaded into a kernel that runs a notebook once, from top to bottom. tslab's compiler watches every file and folder that
 * an import was looked for in; a change of one of them while a cell compiles (another notebook is saved, a package is
 * built) ends the cell with "Unexpected pending rebuildTimer". A run needs no watching: nobody edits under it.
 */
const fs = require('node:fs')
const { EventEmitter } = require('node:events')

function watchNothing() {
  return Object.assign(new EventEmitter(), {
    close() {},
    ref() {
      return this
    },
    unref() {
      return this
    },
  })
}

fs.watch = watchNothing
fs.watchFile = watchNothing
fs.unwatchFile = () => {}
