import { printableUrl, redactSecrets } from './redaction';

describe('redactSecrets', () => {
  it('takes given secrets out, wherever and however often they stand', () => {
    expect(redactSecrets('key=abc.def, again abc.def', ['abc.def'])).toBe('key=[redacted], again [redacted]');
  });

  it.each(['sk-proj-0123456789abcdef', 'Bearer abcdefghijkl', 'AIzaSyA0123456789012345678901', 'nvapi-0123456789', 'hf_0123456789'])('takes out what is shaped like a key: %s', (key) => {
    expect(redactSecrets(`got ${key} here`, [])).toBe('got [redacted] here');
  });

  it('leaves other text as it is', () => {
    expect(redactSecrets('ask-me about sk-8 and bearer bonds', ['', 'zzz'])).toBe('ask-me about sk-8 and bearer bonds');
  });
});

describe('printableUrl', () => {
  it('keeps host and path alone', () => {
    expect(printableUrl('https://user:pass@host:8080/v1/?key=secret#x')).toBe('https://host:8080/v1');
  });
});
