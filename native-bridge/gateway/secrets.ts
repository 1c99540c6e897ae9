/**
 * Owns: what may be shown of an address with a password in it.
 * Guarantees: neither user, password nor query of a URL passes, also when quoted by somebody else (ffmpeg, a parser).
 * Refuses: to be clever: it takes out too much rather than too little.
 */

/** `rtsp://***@10.0.0.5/stream?***`; text without a URL is not changed. */
export function redact(text: string): string {
  return text
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/)([^\s/'"]*@)/gi, '$1***@')
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s?'"]*)\?[^\s'"]*/gi, '$1?***');
}

/** Takes out `url`'s user and password wherever they stand, as they are written and decoded; then as `redact`. */
export function redactFor(url: string, text: string): string {
  const userinfo = /^[a-z][a-z0-9+.-]*:\/\/(.*)@/i.exec(url)?.[1];
  if (userinfo === undefined) return redact(text);
  const [user = '', ...rest] = userinfo.split(':');
  const words = [userinfo, rest.join(':'), user].flatMap((word) => [word, decoded(word)]);
  // Short words (a user called "a") would make every text unreadable, and give nothing away.
  const secret = words.filter((word, i) => word.length > (i < 4 ? 0 : 3)).sort((a, b) => b.length - a.length);
  return redact(secret.reduce((said, word) => said.replaceAll(word, '***'), text));
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
