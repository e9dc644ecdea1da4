# See ryuk-stand-in.ts. As root, since the engine's socket is root's.
ARG FROM
FROM ${FROM}
USER root
COPY ryuk-stand-in.ts /srv/ryuk-stand-in.ts
ENTRYPOINT ["/usr/local/bin/node", "/srv/ryuk-stand-in.ts"]
