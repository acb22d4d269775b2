/** Sentences that say how an answer is given, never what it says; every kind of response draws from the same lists. */
export const NEUTRAL_OPENERS: readonly string[] = [
  'Sure.',
  'Good question.',
  'Happy to help.',
  'Here is what I can tell you.',
  'Thanks for asking.',
  'Of course.',
  'Let me take that in order.',
  'A fair thing to ask.',
  'Right, to the point.',
  'Okay, here goes.',
  'Glad you asked!',
  'Short answer first.',
]

export const HEDGED_OPENERS: readonly string[] = [
  'I think this is right, though it may be worth checking.',
  'As far as I know, it goes like this.',
  'If I remember correctly, this is it.',
  'I could be mistaken, but here is my best answer.',
  'This is probably the simplest way to put it.',
  'I am fairly sure about this.',
  'Perhaps this helps.',
  'It seems clear enough, with some room for doubt.',
]

export const CONFIDENT_OPENERS: readonly string[] = [
  'This one is clear.',
  'Definitely.',
  'I am certain of this.',
  'No need to guess here.',
  'That is easy to settle!',
  'Certainly.',
]

export const CLOSERS: readonly string[] = [
  'I hope that helps.',
  'Let me know if you want more detail.',
  'Does that answer it?',
  'Would you like to go further into it?',
  'Tell me if anything is unclear.',
  'Good luck!',
  'That should be all you need.',
  'Feel free to ask again, of course.',
  'You may want to double-check it, as always.',
  'Is there anything else you would like to know?',
  'That is the short version.',
  'Enjoy!',
]

export const LIST_LEADS: readonly string[] = [
  'Here is the short version:',
  'In brief:',
  'The main points:',
  'To sum up:',
  'Key points, as I see them:',
  'What matters here:',
]
