export { type HostedProvider, keyNamed, keyOf } from './credentials.js'
export { createOpenAiClient, type OpenAiClient, type OpenAiReached } from './openai/client.js'
export { downloadFromOpenAi, findOpenAiFile, type OpenAiPurpose, uploadToOpenAi } from './openai/files.js'
export { createTogetherClient, type TogetherClient } from './together/client.js'
export {
  downloadFromTogether,
  findTogetherFile,
  type TogetherPurpose,
  uploadToTogether,
  waitForTogetherFile,
} from './together/files.js'
export { type Poll, pollUntil } from './wait.js'
