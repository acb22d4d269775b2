import Together from 'together-ai'

/** Uploads a text to Together as its SDK does: asks for a place, and puts the bytes there. The SDK's own upload fails on Node. */
export async function putToTogether(
  together: Together,
  name: string,
  purpose: 'fine-tune' | 'eval' | 'batch-api',
  text: string,
): Promise<string> {
  const query = { file_name: name, file_type: name.split('.').at(-1), purpose }
  const response = await together
    .post('/files', { query, fetchOptions: { redirect: 'manual' } })
    .asResponse()
    .catch((error: unknown) => {
      if (error instanceof Together.APIError && error.status === 302) return error
      throw error
    })
  await fetch(response.headers?.get('location') ?? '', { method: 'PUT', body: text })
  return response.headers?.get('x-together-file-id') ?? ''
}
