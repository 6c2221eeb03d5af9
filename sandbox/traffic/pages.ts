import type { ServerResponse } from 'node:http';

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

export const reasonOf = (status: number): string => reasons[status] ?? 'Error';

/** What the load balancer says itself: the status and its reason as a small page. */
export function sayPage(response: ServerResponse, status: number): void {
  const reason = `${status} ${reasonOf(status)}`;
  const body = [
    '<html>',
    `<head><title>${reason}</title></head>`,
    `<body>\r\n<center><h1>${reason}</h1></center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
  response.writeHead(status, { 'content-type': 'text/html', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
