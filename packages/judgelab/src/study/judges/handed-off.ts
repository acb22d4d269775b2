/** Work that is handed to somebody else: what was asked for is done when it is given again after that. */
export class HandedOffError extends Error {}
