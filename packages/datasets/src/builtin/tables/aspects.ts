import type { Pastime } from './pastimes.js'

/** One thing that can be asked about a pastime. `{t}` is the topic, `{v}` the pastime's phrase. */
export interface Aspect {
  readonly key: Exclude<keyof Pastime, 'topic' | 'group'>
  /** Aspects whose phrases might pass for an answer to this question. */
  readonly near: readonly string[]
  readonly questions: readonly string[]
  readonly answers: readonly string[]
  /** Sentences that fit any answer to this question. */
  readonly support: readonly string[]
}

export const ASPECTS: readonly Aspect[] = [
  {
    key: 'start',
    near: ['tools', 'mistake', 'place', 'cost'],
    questions: [
      'How do I get started with {t}?',
      'What is a good first step in {t}?',
      'Where does one begin with {t}?',
      'What should I do first if I want to take up {t}?',
    ],
    answers: ['A good first step is this: {v}.', 'First of all, {v}.', 'Begin like this: {v}.', 'To get started, {v}.'],
    support: [
      'Everything else can wait until that feels easy.',
      'Do it several times before you move on.',
      'Most courses open in the same way.',
      'You will learn more from this than from any book.',
    ],
  },
  {
    key: 'cost',
    near: ['tools', 'start'],
    questions: [
      'How much does {t} cost at the beginning?',
      'What will I pay to begin with {t}?',
      'What budget do I need for {t}?',
      'Is {t} expensive to get into, and what would I pay?',
    ],
    answers: ['Reckon with {v}.', 'The price to begin with: {v}.', 'To get into it you pay {v}.', 'The cost is {v}.'],
    support: [
      'Prices differ a little from place to place.',
      'Second-hand offers can be cheaper.',
      'You may spend more later, but not at first.',
      'Borrowing is possible, too.',
    ],
  },
  {
    key: 'tools',
    near: ['start', 'cost', 'safety'],
    questions: [
      'What equipment do I need for {t}?',
      'Which things should I get for {t}?',
      'What do I have to have at hand for {t}?',
      'What belongs in a first kit for {t}?',
    ],
    answers: ['What you need: {v}.', 'You only need {v}.', 'Get yourself {v}.', 'The kit is {v}.'],
    support: [
      'Simple models are good enough.',
      'Buy the rest when you miss it.',
      'Many clubs lend what is missing.',
      'Quality matters more than number.',
    ],
  },
  {
    key: 'mistake',
    near: ['safety', 'start'],
    questions: [
      'What do beginners usually get wrong in {t}?',
      'Which mistake should I avoid in {t}?',
      'What is the typical error with {t}?',
      'What goes wrong most often in {t}?',
    ],
    answers: [
      'The usual mistake is {v}.',
      'Most beginners go wrong by {v}.',
      'What to avoid: {v}.',
      'The classic error is {v}.',
    ],
    support: [
      'Everybody does it at least once.',
      'A teacher sees it at a glance.',
      'Once you notice it, it is easy to correct.',
      'It costs more progress than anything else.',
    ],
  },
  {
    key: 'time',
    near: [],
    questions: [
      'How much time does {t} take?',
      'How long should I plan for {t}?',
      'What amount of time do I have to reserve for {t}?',
      'How long does {t} take a newcomer?',
    ],
    answers: ['Plan for {v}.', 'The time you need: {v}.', 'It takes {v}.', 'You should reserve {v}.'],
    support: [
      'Some people are quicker, some slower.',
      'It gets shorter with experience.',
      'Do not rush it.',
      'A calendar helps to keep at it.',
    ],
  },
  {
    key: 'place',
    near: ['start', 'safety'],
    questions: [
      'Where is the best place for {t}?',
      'Where should I go for {t}?',
      'Which spot suits {t}?',
      'What sort of place do I need for {t}?',
    ],
    answers: ['It works best {v}.', 'Do it {v}.', 'The right spot is {v}.', 'You want to be {v}.'],
    support: [
      'Have a look around before you settle.',
      'Ask whether others need the place, too.',
      'The surroundings make a real difference.',
      'With a little luck it is close to home.',
    ],
  },
  {
    key: 'safety',
    near: ['mistake', 'tools', 'place', 'upkeep'],
    questions: [
      'How do I stay safe during {t}?',
      'What safety rule matters most in {t}?',
      'Is there anything dangerous about {t} that I should guard against, and how?',
      'Which precaution do you advise for {t}?',
    ],
    answers: ['To stay safe, {v}.', 'The main rule: {v}.', 'As a precaution, {v}.', 'Above all, {v}.'],
    support: [
      'Accidents are rare if you stick to that.',
      'Make it a habit from day one.',
      'It takes no extra time.',
      'Tell the others in your group as well.',
    ],
  },
  {
    key: 'benefit',
    near: [],
    questions: [
      'What do people gain from {t}?',
      'What is {t} good for?',
      'Why should I take up {t}?',
      'What would I get out of {t}?',
    ],
    answers: ['What people gain is {v}.', 'The main reward is {v}.', 'You get {v} out of it.', 'It gives you {v}.'],
    support: [
      'You notice it sooner than you think.',
      'Ask anyone who has kept at it.',
      'The effect lasts.',
      'That alone makes it worth a try.',
    ],
  },
  {
    key: 'upkeep',
    near: ['safety'],
    questions: [
      'How do I look after my things after {t}?',
      'What upkeep does {t} call for?',
      'What should be done once I have finished with {t} for the day?',
      'How do I take care of what I use for {t}?',
    ],
    answers: [
      'Afterwards, {v}.',
      'The upkeep is simple: {v}.',
      'When you have finished, {v}.',
      'To take care of it, {v}.',
    ],
    support: [
      'Things last for years that way.',
      'It is a matter of minutes.',
      'Put it off and you will regret it.',
      'Neglect shows sooner or later.',
    ],
  },
]

/** Sentences around a question. */
export const FOCUS_OPENINGS: readonly string[] = [
  'I have some free time at last.',
  'My doctor said that I should find a hobby.',
  'We are planning a birthday present for our mother.',
  'I read an article about it last night.',
  'Long story short, I lost a bet.',
  'My colleagues keep talking about it.',
  'I moved to a new town and want to meet people.',
  'Hi there!',
  'The holidays are long this year.',
  'I used to do this as a child.',
  'My flat is small and my patience is smaller.',
  'I am writing a short piece for our club magazine.',
]

/** A sentence about another pastime that is not what is asked about. `{o}` is that other one. */
export const DISTRACTIONS: readonly string[] = [
  'My sister is deep into {o}, but that is her thing.',
  'I gave up {o} years ago, so please leave that out.',
  'A friend would rather see me take up {o}.',
  'I already know enough about {o}.',
  'Last year I tried {o} and it was not for me.',
  'They offer {o} at the same centre, which I am not interested in.',
]

export const FOCUS_CLOSINGS: readonly string[] = [
  'Please answer only that.',
  'Short and clear, if you can.',
  'I can look up the rest myself.',
  'Thanks a lot!',
  'Nothing else, I am in a hurry.',
  'You may go into detail.',
  'That is really all I want to know.',
  'A list is fine, too.',
]

/** Turns by which an answer leaves its subject. */
export const DRIFTS: readonly string[] = [
  'That reminds me of something else.',
  'Speaking of hobbies, there is more to tell.',
  'But let me come to another point.',
  'On a related note, this may interest you as well.',
  'Incidentally, people often ask about this, too.',
]

/** Talk that follows no question. */
export const RAMBLINGS: readonly string[] = [
  'Hobbies have changed a great deal over the generations.',
  'In some towns there are fairs where clubs present themselves.',
  'The weather plays its part in many pastimes, of course.',
  'Some people collect certificates and hang them in the hall.',
  'Magazines on leisure used to sell better than they do today.',
  'A good cup of tea goes with almost everything.',
  'There is much to be said about how we spend our evenings.',
  'My impression is that people talk about hobbies more than they practise them.',
  'Whole books have been written on what leisure means.',
  'Friends can be made in the most unlikely places.',
]

/** How a response takes up the question. `{t}` is the topic. */
export const ECHOES: readonly string[] = [
  'You asked about {t}.',
  'So you want to know something about {t}.',
  '{T} is a fine choice.',
  'A few words on {t}.',
  'With {t} there is one thing to say.',
  'Many people take up {t} these days.',
]
