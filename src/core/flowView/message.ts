import { parse as parseForm } from 'node:querystring';
import type { MessageView, ParameterGroupView, ParameterView } from '../../shared/views/flowView.ts';
import type { HeaderList, RecordedRequest, RecordedResponse } from '../http/exchange.ts';
import { parameterMeaning } from './parameters.ts';

/** Longest value and body shown; the rest is said to be there. */
const longestValue = 4096;
const longestBody = 32_768;

/** A redacted request, taken apart: query, form or JSON members, header fields. */
export function requestView(request: RecordedRequest): MessageView {
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  const query = url ? group('Query', [...url.searchParams]) : [];
  const fragment =
    url && url.hash.length > 1 ? group('Fragment', [...new URLSearchParams(url.hash.slice(1))]) : [];
  const address = url ? url.origin + url.pathname : request.url;
  return {
    line: `${request.method} ${shorten(address, longestValue)}`,
    ...bodyView(request.body ?? '', contentType(request.headers), [...query, ...fragment], request.headers),
  };
}

/** A redacted response, taken apart; the parameters of its `Location` stand for themselves. */
export function responseView(response: RecordedResponse): MessageView {
  const location = header(response.headers, 'location');
  const query =
    location !== undefined && URL.canParse(location)
      ? group('Location parameters', [...new URL(location).searchParams])
      : [];
  return {
    line: `${response.status} ${response.statusText}`.trim(),
    ...bodyView(response.body, contentType(response.headers), query, response.headers),
  };
}

function bodyView(
  body: string,
  type: string,
  before: readonly ParameterGroupView[],
  headers: HeaderList,
): Pick<MessageView, 'groups' | 'body'> {
  const members = bodyMembers(body, type);
  const groups = [
    ...before,
    ...(members ? group(members.title, members.entries) : []),
    ...group('Header fields', headers),
  ];
  return members || body === '' ? { groups } : { groups, body: shorten(body, longestBody) };
}

function bodyMembers(body: string, type: string) {
  if (type === 'application/x-www-form-urlencoded') {
    const entries = Object.entries(parseForm(body)).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value ?? '']).map((each) => [name, each] as const),
    );
    return { title: 'Form', entries };
  }
  const json = parseObject(body);
  if (!json) return undefined;
  const entries = Object.entries(json).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return { title: 'JSON', entries };
}

function parseObject(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function group(title: string, entries: HeaderList): ParameterGroupView[] {
  return entries.length > 0 ? [{ title, parameters: entries.map(parameter) }] : [];
}

function parameter([name, value]: readonly [string, string]): ParameterView {
  return {
    name,
    value: shorten(value, longestValue),
    redacted: value.includes('…'),
    ...parameterMeaning(name),
  };
}

function header(headers: HeaderList, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

function contentType(headers: HeaderList): string {
  return (header(headers, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)} … and ${text.length - longest} characters more`;
}
