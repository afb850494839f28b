// Stands in for what a platform's pixel loads: it takes what was queued and sends nothing.
fbq.seen = fbq.queue.splice(0);
fbq.callMethod = (...call) => { fbq.seen.push(call); };
