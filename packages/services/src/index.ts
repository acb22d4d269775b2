export { type HostedProvider, keyNamed, keyOf } from './credentials.js'
export { createTogetherClient, type TogetherClient } from './together/client.js'
export { findTogetherFile, type TogetherPurpose, uploadToTogether, waitForTogetherFile } from './together/files.js'
export { type Poll, pollUntil } from './wait.js'
