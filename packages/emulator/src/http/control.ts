import { checkFaults, type FaultOptions } from '../faults/fault-options.js'
import type { Services } from '../services.js'
import type { ApiRequest } from './receive.js'
import { errorReply, jsonReply, type Reply } from './reply.js'

/**
 * The emulator's own paths, without a key: GET /_emulator/stats and /_emulator/contents, POST /_emulator/reset and
 * /_emulator/faults (the body is a FaultOptions).
 */
export function createControl(
  { tally }: Services,
  setFaults: (faults: FaultOptions) => void,
): (request: ApiRequest) => Reply {
  return ({ method, path, body }) => {
    switch (`${method} ${path}`) {
      case 'GET /_emulator/stats':
        return jsonReply(tally.stats())
      case 'GET /_emulator/contents':
        return jsonReply(tally.contents())
      case 'POST /_emulator/reset':
        tally.reset()
        return jsonReply({})
      case 'POST /_emulator/faults':
        return withFaults(body, setFaults)
      default:
        return errorReply({ status: 404, message: `${method} ${path} is not one of the emulator's own paths` })
    }
  }
}

function withFaults(body: Uint8Array, setFaults: (faults: FaultOptions) => void): Reply {
  try {
    setFaults(checkFaults(JSON.parse(Buffer.from(body).toString('utf8')) as FaultOptions))
    return jsonReply({})
  } catch (error) {
    return errorReply({ status: 400, message: (error as Error).message })
  }
}
