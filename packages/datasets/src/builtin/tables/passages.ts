/** Parts of invented passages. Nothing here names a real place, person or house. */
export const PLACE_FIRST: readonly string[] = [
  'Alder',
  'Bracken',
  'Calder',
  'Dunmore',
  'Elmsworth',
  'Fennick',
  'Garrow',
  'Hollin',
  'Ivelby',
  'Jarrow Vale',
  'Kestrel',
  'Lindow',
  'Marwick',
  'Nethercote',
  'Orrin',
  'Penhallow',
  'Quillan',
  'Ravensby',
  'Sorrel',
  'Tamsin',
  'Ulverly',
  'Varrick',
  'Wexcombe',
  'Yarrowby',
  'Zennick',
  'Ashgrove',
  'Birkdale Moor',
  'Cottersby',
  'Dovecliff',
  'Eskerton',
]

export interface Establishment {
  readonly noun: string
  /** How its visitors or users are called. */
  readonly guests: string
  readonly remarks: readonly string[]
}

export const ESTABLISHMENTS: readonly Establishment[] = [
  {
    noun: 'Clock Museum',
    guests: 'visitors',
    remarks: [
      'Its tall pendulum clock is still wound by hand.',
      'School classes like the room where old clocks are taken apart.',
    ],
  },
  {
    noun: 'Lighthouse',
    guests: 'climbers',
    remarks: ['The lamp can be seen far out at sea.', 'A narrow stair leads up to the gallery.'],
  },
  {
    noun: 'Botanic Garden',
    guests: 'guests',
    remarks: ['The fern house is warm even in winter.', 'Its rose beds are cut back every spring.'],
  },
  {
    noun: 'Puppet Theatre',
    guests: 'spectators',
    remarks: ['The puppets are carved in the cellar.', 'Children sit in the first rows and grown-ups behind them.'],
  },
  {
    noun: 'Ropeway',
    guests: 'passengers',
    remarks: ['The cabins are painted bright yellow.', 'On clear days the ride shows the whole valley.'],
  },
  {
    noun: 'Library',
    guests: 'readers',
    remarks: ['The reading room has a painted ceiling.', 'Its map collection fills a whole floor.'],
  },
  {
    noun: 'Glassworks',
    guests: 'visitors',
    remarks: ['The furnaces are never allowed to go out.', 'Bowls and lamps are sold in a small shop.'],
  },
  {
    noun: 'Ferry',
    guests: 'travellers',
    remarks: ['The crossing is short but often windy.', 'Bicycles travel on the open deck.'],
  },
  {
    noun: 'Observatory',
    guests: 'stargazers',
    remarks: ['The dome turns on wooden wheels.', 'Evening tours depend on the weather.'],
  },
  {
    noun: 'Paper Mill',
    guests: 'visitors',
    remarks: ['The water wheel is the oldest part.', 'Sheets are still dried on lines under the roof.'],
  },
  {
    noun: 'Swimming Hall',
    guests: 'swimmers',
    remarks: ['Its blue tiles were made nearby.', 'Early mornings are kept for the clubs.'],
  },
  {
    noun: 'Steam Railway',
    guests: 'passengers',
    remarks: ['The engines run on weekends and holidays.', 'The waiting room has kept its iron stove.'],
  },
]

export const TOWNS: readonly string[] = [
  'Harnsea',
  'Brellow',
  'Castermoor',
  'Dunfold',
  'Eastwick Bay',
  'Farrowdale',
  'Grimley',
  'Hexworth',
  'Inverlach',
  'Kelmarsh',
  'Lowmoor',
  'Merrowby',
  'Northolme',
  'Oxley Cross',
  'Pellham',
  'Rookhaven',
  'Saltwick',
  'Thornbeck',
  'Upperdale',
  'Wintersea',
]

export const PEOPLE: readonly string[] = [
  'Agnes Toller',
  'Bruno Haskett',
  'Clara Winslade',
  'Dmitri Falk',
  'Edith Marrable',
  'Farid Osman',
  'Greta Lindholm',
  'Hugo Penrith',
  'Ines Carvalho',
  'Jonas Whitlock',
  'Karin Oberholt',
  'Leo Brannigan',
  'Mabel Thorne',
  'Nils Vestergard',
  'Olive Pemberton',
  'Pavel Dusek',
  'Rosa Delgado',
  'Stefan Kruger',
  'Tessa Holloway',
  'Umar Siddiq',
  'Vera Novotna',
  'Walter Ames',
  'Yusuf Demir',
  'Zara Quill',
]

export const WEEKDAYS: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
]

/** One thing a passage may say. `{n}` is the name with its article, `{v}` the value, `{g}` the guests. */
export interface Attribute {
  readonly key: 'opened' | 'restored' | 'founder' | 'head' | 'town' | 'yearly' | 'price' | 'closed' | 'staff'
  readonly sentences: readonly string[]
  readonly questions: readonly string[]
  readonly answers: readonly string[]
  /** What the passage does not say, when it does not. */
  readonly missing: string
}

export const ATTRIBUTES: readonly Attribute[] = [
  {
    key: 'opened',
    sentences: [
      '{n} first opened in {v}.',
      'On a rainy morning {n} first opened in {v}.',
      'After long delays {n} first opened in {v}.',
    ],
    questions: [
      'When did {n} first open?',
      'In which year did {n} first open?',
      'How far back does {n} go, that is, in what year did it first open?',
    ],
    answers: ['It first opened in {v}.', '{N} first opened in {v}.', 'The opening year is {v}.'],
    missing: 'when {n} first opened',
  },
  {
    key: 'restored',
    sentences: [
      'It was restored in {v}.',
      'After a flood it was restored in {v}.',
      'Most of it was carefully restored in {v}.',
    ],
    questions: [
      'When was {n} restored?',
      'In what year did the restoration of {n} take place?',
      'Which year was {n} restored in?',
    ],
    answers: ['It was restored in {v}.', 'The restoration took place in {v}.', '{N} was restored in {v}.'],
    missing: 'when {n} was restored',
  },
  {
    key: 'founder',
    sentences: [
      'The founder was {v}.',
      'Its founder was {v}, who had saved for years.',
      'The founder was {v}, against the advice of the whole family.',
    ],
    questions: ['Who founded {n}?', 'Who was the founder of {n}?', 'To whom does {n} owe its founding?'],
    answers: ['The founder was {v}.', '{N} was founded by {v}.', 'It was {v} who founded it.'],
    missing: 'who founded {n}',
  },
  {
    key: 'head',
    sentences: [
      'Today it is run by {v}.',
      'For some years now it has been run by {v}.',
      'These days it is run by {v} and a small team.',
    ],
    questions: ['Who runs {n} today?', 'Who is in charge of {n} now?', 'Under whose management is {n} at present?'],
    answers: ['Today it is run by {v}.', '{V} runs {n} now.', 'The person in charge is {v}.'],
    missing: 'who runs {n} today',
  },
  {
    key: 'town',
    sentences: [
      'It is located in {v}.',
      'It is located in {v}, a short walk from the market.',
      'The site is located in {v}.',
    ],
    questions: ['Where is {n}?', 'In which town would I find {n}?', 'What town is {n} located in?'],
    answers: ['It is located in {v}.', 'You will find {n} in {v}.', 'The town is {v}.'],
    missing: 'where {n} is',
  },
  {
    key: 'yearly',
    sentences: [
      'Each year it counts about {v} {g}.',
      'Each year about {v} {g} come.',
      'Each year it welcomes about {v} {g}.',
    ],
    questions: [
      'How many {g} does {n} have in a year?',
      'About how many {g} come to {n} each year?',
      'What is the yearly number of {g} at {n}?',
    ],
    answers: ['About {v} {g} a year.', 'Each year there are about {v} {g}.', '{N} has about {v} {g} a year.'],
    missing: 'how many {g} {n} has in a year',
  },
  {
    key: 'price',
    sentences: [
      'A ticket costs {v} euros.',
      'A ticket costs {v} euros, and children pay nothing.',
      'For grown-ups a ticket costs {v} euros.',
    ],
    questions: [
      'What does a ticket for {n} cost?',
      'How much is a ticket to {n}?',
      'How many euros do I pay for a ticket at {n}?',
    ],
    answers: ['A ticket costs {v} euros.', 'You pay {v} euros.', 'The price of a ticket for {n} is {v} euros.'],
    missing: 'what a ticket for {n} costs',
  },
  {
    key: 'closed',
    sentences: [
      'It is closed on {v}s.',
      'Except for holidays it is closed on {v}s.',
      'It is closed on {v}s so that repairs can be made.',
    ],
    questions: [
      'On which day of the week is {n} closed?',
      'Which weekday should I avoid because {n} is closed?',
      'What is the closing day of {n}?',
    ],
    answers: ['It is closed on {v}s.', 'The closing day is {v}.', '{N} is closed on {v}s.'],
    missing: 'on which day {n} is closed',
  },
  {
    key: 'staff',
    sentences: [
      'A staff of {v} keeps it going.',
      'It has a staff of {v}.',
      'With a staff of {v} it is a small employer.',
    ],
    questions: [
      'How many people work at {n}?',
      'How large is the staff of {n}?',
      'What is the number of staff at {n}?',
    ],
    answers: ['It has a staff of {v}.', '{V} people work there.', 'The staff numbers {v}.'],
    missing: 'how many people work at {n}',
  },
]

/** Where a passage and a question meet. `{p}` is the passage, `{q}` the question. */
export const PASSAGE_FRAMES: readonly string[] = [
  'Read this and answer below.\n\n{p}\n\n{q}',
  '{q} Use only the following text:\n\n{p}',
  'Passage: {p}\n\nQuestion: {q}',
  'I found this in a travel leaflet:\n"{p}"\n{q}',
  '{p}\n\nGoing by the text above: {q}',
  'My notes say: {p} {q}',
  'Here is a page from a brochure.\n\n{p}\n\nI am planning a trip and would like to know this: {q}',
  '{q}\n\n(The only source I have is this one: {p})',
  'Reading exercise. {p} Now the question: {q}',
  'A colleague sent me this text. {p}\n\n{q} Please stick to what it says.',
  'Context:\n{p}\n\n{q} If the text does not say it, tell me so.',
  'From the local paper: {p} So tell me: {q}',
]

export const NOT_SAID: readonly string[] = [
  'The text does not say {m}.',
  'There is nothing in the passage about {m}.',
  'Going by this text alone, nobody can tell {m}.',
  'It is not stated {m}.',
]

export const PASSAGE_SUPPORT: readonly string[] = [
  'I only went by the passage.',
  'The rest of the text is about other matters.',
  'Leaflets like this one may go out of date.',
  'For a visit it may help to call ahead, of course.',
  'Nothing else in the passage changes that.',
]

export const PASSAGE_OVERCLAIMS: readonly string[] = [
  'The wording leaves absolutely no doubt.',
  'As the 2018 Marchetti guide proves on page 340, no other reading is possible.',
  'Every local will confirm it without exception.',
  'I have personally checked this with the archive.',
  'It is one hundred percent guaranteed.',
]
