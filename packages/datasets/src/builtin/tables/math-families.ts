/** A calculation of one step: two earlier values and the sign between them. `a`, `b`, `c`, `d` are the given numbers. */
export interface Step {
  readonly left: string
  readonly sign: '+' | '-' | '*' | '/'
  readonly right: string
  /** What the result is; later steps use it by `name`. */
  readonly name: string
  readonly says: string
}

/** A kind of word problem. In every wording the numbers come in the order a, b, c, d. */
export interface MathFamily {
  readonly family: string
  readonly unit: string
  readonly wordings: readonly string[]
  readonly steps: readonly Step[]
  /** Lowest and highest value of each number; the generator keeps a draw only if every step is a positive integer. */
  readonly ranges: Readonly<Record<string, readonly [low: number, high: number]>>
}

export const MATH_FAMILIES: readonly MathFamily[] = [
  {
    family: 'boxes-and-loose',
    unit: '{items}',
    wordings: [
      '{Who} has {a} boxes with {b} {items} in each box. {c} more {items} lie on the table, and {d} of all the {items} are given away. How many {items} are left?',
      'In a store room there are {a} crates holding {b} {items} apiece, and another {c} {items} on a shelf. {Who} takes {d} {items} home. How many {items} stay in the store room?',
      'There are {a} bags of {b} {items}. Somebody adds {c} {items}, then {d} get lost on the way to {who}. What is the number of {items} that remain?',
    ],
    steps: [
      { left: 'a', sign: '*', right: 'b', name: 'packed', says: '{items} that are packed' },
      { left: 'packed', sign: '+', right: 'c', name: 'all', says: '{items} in all' },
      { left: 'all', sign: '-', right: 'd', name: 'left', says: '{items} left' },
    ],
    ranges: { a: [3, 14], b: [4, 19], c: [5, 28], d: [3, 17] },
  },
  {
    family: 'shop-change',
    unit: 'euros',
    wordings: [
      '{Who} buys {a} notebooks at {b} euros each and a bag for {c} euros, and pays with {d} euros. How much change is there, in euros?',
      'At the market, {a} jars cost {b} euros a jar, and a basket costs {c} euros. {Who} hands over {d} euros for all of it. How many euros come back?',
      '{Who} orders {a} plates for {b} euros apiece. Delivery is {c} euros. From a budget of {d} euros, how many euros are left?',
    ],
    steps: [
      { left: 'a', sign: '*', right: 'b', name: 'goods', says: 'euros for the first items' },
      { left: 'goods', sign: '+', right: 'c', name: 'due', says: 'euros to pay' },
      { left: 'd', sign: '-', right: 'due', name: 'change', says: 'euros left over' },
    ],
    ranges: { a: [3, 12], b: [2, 9], c: [4, 25], d: [80, 200] },
  },
  {
    family: 'equal-shares',
    unit: '{items}',
    wordings: [
      '{Who} collects {a} {items} in the morning and {b} in the afternoon. All of them are shared equally among {c} children, and each child then gives {d} away. How many {items} does each child keep?',
      'A class picks {a} {items} on one day and {b} {items} on the next. They go in equal parts to {c} tables, where {d} {items} a table are used up. How many {items} remain on each table?',
      'Two sacks hold {a} and {b} {items}. {Who} divides everything evenly over {c} bowls and takes {d} {items} out of every bowl. How many {items} are in a bowl now?',
    ],
    steps: [
      { left: 'a', sign: '+', right: 'b', name: 'sum', says: '{items} together' },
      { left: 'sum', sign: '/', right: 'c', name: 'share', says: '{items} in each share' },
      { left: 'share', sign: '-', right: 'd', name: 'kept', says: '{items} kept' },
    ],
    ranges: { a: [20, 90], b: [20, 90], c: [3, 9], d: [2, 7] },
  },
  {
    family: 'two-trips',
    unit: 'kilometres',
    wordings: [
      'A van drives {a} hours at {b} kilometres an hour, then {c} hours at {d} kilometres an hour. How many kilometres is that?',
      '{Who} is on a train for {a} hours at {b} km per hour and on a bus for {c} hours at {d} km per hour. What is the whole distance in kilometres?',
      'On a long tour {who} first rides {a} hours with a steady speed of {b} km an hour. The second part takes {c} hours with {d} km an hour. How many kilometres are covered altogether?',
    ],
    steps: [
      { left: 'a', sign: '*', right: 'b', name: 'first', says: 'kilometres in the first part' },
      { left: 'c', sign: '*', right: 'd', name: 'second', says: 'kilometres in the second part' },
      { left: 'first', sign: '+', right: 'second', name: 'distance', says: 'kilometres altogether' },
    ],
    ranges: { a: [2, 7], b: [31, 95], c: [2, 6], d: [24, 88] },
  },
  {
    family: 'savings',
    unit: 'weeks',
    wordings: [
      '{Who} wants a bicycle for {a} euros and already has {b} euros. A weekly job pays {c} euros, of which {d} euros go for lunch. After how many weeks is there enough, when the rest is saved?',
      'A tent costs {a} euros. With {b} euros in the jar, {who} earns {c} euros a week and spends {d} euros of that each week. How many weeks of saving does the tent take?',
      'To pay a bill of {a} euros, {who} uses {b} euros at once. Every week brings {c} euros in and {d} euros out. In how many weeks is the remainder paid?',
    ],
    steps: [
      { left: 'a', sign: '-', right: 'b', name: 'missing', says: 'euros missing' },
      { left: 'c', sign: '-', right: 'd', name: 'weekly', says: 'euros saved a week' },
      { left: 'missing', sign: '/', right: 'weekly', name: 'weeks', says: 'weeks of saving' },
    ],
    ranges: { a: [150, 400], b: [20, 90], c: [20, 45], d: [5, 18] },
  },
  {
    family: 'floor-price',
    unit: 'euros',
    wordings: [
      'A garden is {a} metres long and {b} metres wide. Turf costs {c} euros a square metre, and {who} has a voucher for {d} euros. What is the price of covering the garden, in euros?',
      '{Who} tiles a floor of {a} metres by {b} metres. One square metre of tiles costs {c} euros, and the shop takes {d} euros off the bill. How many euros is the bill?',
      'A wall measures {a} m by {b} m. Painting is {c} euros per square metre, less a discount of {d} euros. How many euros does {who} pay?',
    ],
    steps: [
      { left: 'a', sign: '*', right: 'b', name: 'area', says: 'square metres of area' },
      { left: 'area', sign: '*', right: 'c', name: 'full', says: 'euros at the full price' },
      { left: 'full', sign: '-', right: 'd', name: 'price', says: 'euros to pay' },
    ],
    ranges: { a: [4, 14], b: [3, 11], c: [3, 9], d: [10, 35] },
  },
  {
    family: 'seats',
    unit: 'seats',
    wordings: [
      'A hall has {a} rows of {b} seats on the floor and {c} rows of {d} seats on the balcony. How many seats are there?',
      'For a concert, {who} puts up {a} rows with {b} chairs and another {c} rows with {d} chairs. On how many seats can people sit?',
      'A bus company runs {a} small buses of {b} seats and {c} large ones of {d} seats. How many seats can {who} offer?',
    ],
    steps: [
      { left: 'a', sign: '*', right: 'b', name: 'first', says: 'seats of the first kind' },
      { left: 'c', sign: '*', right: 'd', name: 'second', says: 'seats of the second kind' },
      { left: 'first', sign: '+', right: 'second', name: 'seats', says: 'seats in all' },
    ],
    ranges: { a: [5, 16], b: [9, 24], c: [3, 9], d: [6, 31] },
  },
  {
    family: 'reading',
    unit: 'pages',
    wordings: [
      'A book has {a} pages. {Who} reads {b} pages a day for {c} days and then {d} pages on a Sunday. How many pages are still unread?',
      '{Who} has a script of {a} pages to learn and manages {b} pages an evening. After {c} evenings and one long afternoon of {d} pages, how many pages remain?',
      'Out of {a} pages, {b} are scanned every hour. This goes on for {c} hours, and {d} more pages are done by hand. How many pages does {who} still have to scan?',
    ],
    steps: [
      { left: 'b', sign: '*', right: 'c', name: 'steady', says: 'pages at the steady pace' },
      { left: 'steady', sign: '+', right: 'd', name: 'done', says: 'pages done' },
      { left: 'a', sign: '-', right: 'done', name: 'rest', says: 'pages to go' },
    ],
    ranges: { a: [240, 480], b: [9, 24], c: [3, 8], d: [11, 37] },
  },
  {
    family: 'bakery',
    unit: 'packs',
    wordings: [
      'A bakery makes {a} trays of {b} rolls. {c} rolls are burnt, and the good ones are put into bags of {d}. How many bags is that?',
      '{Who} bakes {a} batches with {b} buns each. The dog steals {c} of them. Packed by {d}, how many packs do the others fill?',
      'From {a} sheets with {b} stickers, {who} throws away {c} stickers. The good ones are bundled in groups of {d}. How many bundles are there?',
    ],
    steps: [
      { left: 'a', sign: '*', right: 'b', name: 'made', says: 'pieces made' },
      { left: 'made', sign: '-', right: 'c', name: 'good', says: 'good pieces' },
      { left: 'good', sign: '/', right: 'd', name: 'bags', says: 'full packs' },
    ],
    ranges: { a: [4, 13], b: [6, 18], c: [2, 19], d: [3, 8] },
  },
  {
    family: 'tank',
    unit: 'litres',
    wordings: [
      'A tank holds {a} litres. A pump adds {b} litres a minute for {c} minutes, and {d} litres leak out. How many litres are in the tank then?',
      '{Who} starts with {a} litres of rain water. Each minute {b} litres flow in, for {c} minutes, and {d} litres are used on the beds. How many litres are there at the end?',
      'At dawn a pool contains {a} litres. Then {b} litres a minute run in during {c} minutes, before {who} lets {d} litres out. What is the amount of water in litres?',
    ],
    steps: [
      { left: 'b', sign: '*', right: 'c', name: 'inflow', says: 'litres flowing in' },
      { left: 'a', sign: '+', right: 'inflow', name: 'filled', says: 'litres before the loss' },
      { left: 'filled', sign: '-', right: 'd', name: 'rest', says: 'litres at the end' },
    ],
    ranges: { a: [60, 240], b: [6, 19], c: [4, 15], d: [13, 55] },
  },
  {
    family: 'ages',
    unit: 'years',
    wordings: [
      '{Who} is {a} years old. A grandmother is {b} times as old, and an uncle is {c} years younger than the grandmother. How old will the uncle be in {d} years?',
      'A sapling is {a} years old, an oak {b} times that. A lime tree nearby is {c} years younger than the oak. What age will the lime tree have reached {d} years from now? {Who} wants to know.',
      'The new bridge has stood for {a} years and the old one {b} times as long. The tower was built {c} years after the old bridge. How many years will the tower have stood when another {d} years have gone by?',
    ],
    steps: [
      { left: 'a', sign: '*', right: 'b', name: 'oldest', says: 'years for the oldest' },
      { left: 'oldest', sign: '-', right: 'c', name: 'now', says: 'years at present' },
      { left: 'now', sign: '+', right: 'd', name: 'later', says: 'years at that time' },
    ],
    ranges: { a: [8, 19], b: [3, 7], c: [4, 20], d: [3, 14] },
  },
  {
    family: 'wages',
    unit: 'euros',
    wordings: [
      '{Who} works {a} hours a day on {b} days and earns {c} euros an hour. After {d} euros for the bus, how many euros are left?',
      'For a harvest job of {a} hours a day over {b} days the pay is {c} euros per hour. Board costs {d} euros. How many euros does {who} take home?',
      'A painter charges for {a} hours a day, {b} days long, at {c} euros an hour, and gives {who} a rebate of {d} euros. What is the bill in euros?',
    ],
    steps: [
      { left: 'a', sign: '*', right: 'b', name: 'hours', says: 'hours of work' },
      { left: 'hours', sign: '*', right: 'c', name: 'pay', says: 'euros of pay' },
      { left: 'pay', sign: '-', right: 'd', name: 'net', says: 'euros in the end' },
    ],
    ranges: { a: [3, 9], b: [4, 12], c: [11, 19], d: [15, 60] },
  },
  {
    family: 'teams',
    unit: 'groups',
    wordings: [
      'From one school come {a} players and from another {b}. {c} players are ill, and teams of {d} are formed from all others. How many teams are there?',
      'A camp expects {a} children by bus and {b} by train. When {c} of them cancel, tents for {d} are filled by those who come. How many tents does {who} need?',
      '{Who} has {a} red and {b} blue beads. {c} beads are cracked. Chains of {d} are made from the sound ones. How many chains is that?',
    ],
    steps: [
      { left: 'a', sign: '+', right: 'b', name: 'both', says: 'to begin with' },
      { left: 'both', sign: '-', right: 'c', name: 'fit', says: 'that can be used' },
      { left: 'fit', sign: '/', right: 'd', name: 'groups', says: 'groups' },
    ],
    ranges: { a: [18, 70], b: [18, 70], c: [3, 17], d: [3, 8] },
  },
  {
    family: 'stairs',
    unit: 'steps',
    wordings: [
      'A tower has {a} floors with {b} steps from one to the next, counted from the ground. {Who} climbs the whole stair {c} times and stops to rest after {d} further steps. How many steps is that?',
      'Each of {a} flights has {b} steps. {Who} goes up all of them {c} times in a row and then climbs {d} extra steps to the roof. What is the number of steps?',
      'A training round is {a} hills of {b} steps. After {c} rounds {who} adds {d} steps on the way home. How many steps are on the counter?',
    ],
    steps: [
      { left: 'a', sign: '*', right: 'b', name: 'once', says: 'steps in one round' },
      { left: 'once', sign: '*', right: 'c', name: 'rounds', says: 'steps in all rounds' },
      { left: 'rounds', sign: '+', right: 'd', name: 'total', says: 'steps in total' },
    ],
    ranges: { a: [3, 9], b: [11, 24], c: [2, 6], d: [7, 45] },
  },
]

export const MATH_PEOPLE: readonly string[] = [
  'Amir',
  'Bea',
  'Carla',
  'Deniz',
  'Emeka',
  'Fatima',
  'Goran',
  'Hanna',
  'Imani',
  'Jakob',
  'Kenji',
  'Lotte',
  'Maya',
  'Noor',
  'Otis',
  'Priya',
  'Quentin',
  'Rosa',
  'Sven',
  'Tomoko',
]

export const MATH_ITEMS: readonly string[] = [
  'marbles',
  'apples',
  'shells',
  'buttons',
  'postcards',
  'walnuts',
  'candles',
  'stamps',
  'pencils',
  'tulips',
  'badges',
  'lemons',
]

export const MATH_OPENINGS: readonly string[] = [
  'Please solve this and show how you got there.',
  'Homework help!',
  'My son and I get different results here.',
  'Can you work this out?',
  'From an old exam paper:',
  'I have to check what a pupil wrote for the following.',
  'Here is a puzzle from the back of a cereal box.',
  'I am rusty at this.',
]

export const MATH_CLOSINGS: readonly string[] = [
  'Show your working.',
  'A short solution will do.',
  'Please keep it simple, it is for a ten-year-old.',
  'Thanks!',
  'I only need the result and how it comes about.',
  'Explain it the way you would on a blackboard.',
  'No algebra, please.',
]

/** How the final answer is stated. */
export const MATH_ANSWERS: readonly string[] = [
  'The answer is {v} {u}.',
  'So the answer is {v} {u}.',
  'Answer: {v} {u}',
  'Final answer: {v} {u}.',
  'That gives an answer of {v} {u}.',
  '**Answer: {v}**',
  'I get {v} {u} as the answer.',
]

export const MATH_REMARKS: readonly string[] = [
  'It helps to write down what is known before anything else.',
  'Each line uses the result of the one above it.',
  'A rough estimate points the same way.',
  'Order matters here, so take it one thing after the other.',
  'I think that is all there is to it.',
  'Going backwards is a good way to check it, I suppose.',
  'Definitely a nice exercise.',
  'Does that match what you had?',
]
