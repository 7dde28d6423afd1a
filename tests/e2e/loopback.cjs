// The Playground listens on every interface and has no option against it: anyone on the network could talk through it
// to a bot that trusts this machine. Loaded with `node --require`, this binds whatever names no host to 127.0.0.1.
'use strict';

const net = require('node:net');

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(first, ...rest) {
  if (typeof first === 'object' && first !== null && 'port' in first && !first.host) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest);
  }
  const isPort = typeof first === 'number' || /^\d+$/.test(first);
  if (isPort && typeof rest[0] !== 'string') {
    return listen.call(this, first, '127.0.0.1', ...rest);
  }
  return listen.call(this, first, ...rest);
};
