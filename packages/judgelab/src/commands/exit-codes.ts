/** What the command's exit code says; `handedOff`, EX_TEMPFAIL of sysexits.h: give it again when others have done their part. */
export const EXIT = { done: 0, failed: 1, usage: 2, handedOff: 75, stopped: 130 } as const
