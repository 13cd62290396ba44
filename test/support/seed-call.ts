/**
 * The public sample of the call: its lines as they are printed, which have lost the URL, a brace and the quote behind it
 * to the page that shows them; these are put back, and the URL and the key of a test filled in.
 */
export function seedCall(url: string, key: string): string {
  return [
    "curl --location '' \\",
    "--header 'Content-Type: application/json' \\",
    "--header 'Apikey: [YOUR_API_KEY]' \\",
    "--data '{",
    '    "user_id": 18,',
    '    "destination": "ac-ps-products",',
    '    "destination_values" : []',
    "}'",
  ]
    .join('\n')
    .replace("''", `'${url}'`)
    .replace('[YOUR_API_KEY]', key);
}
