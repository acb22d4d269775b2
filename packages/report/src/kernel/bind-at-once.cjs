'use strict'

/**
 * Loaded into every tslab kernel. tslab asks its sockets for messages while they are still being bound, and zeromq's
 * `bind` works in another thread: until it comes back, asking for a second message throws. A client that is quick enough
 * to be heard in this moment ends the kernel's loop of messages, and the kernel never answers. `bindSync` leaves no such
 * moment.
 */
const { createRequire } = require('node:module')

const { Publisher, Reply, Router } = createRequire(require.resolve('tslab/package.json'))('zeromq')

for (const { prototype } of [Publisher, Reply, Router])
  Object.defineProperty(prototype, 'bind', {
    async value(address) {
      this.bindSync(address)
    },
  })
