# Both programs in one image: `plesk-emulator` (the command unless another is given) and `plesk-sso`.
#
#   docker build -t plesk-emulator .
#   docker run --rm -p 127.0.0.1:8880:8880 -p 127.0.0.1:8443:8443 plesk-emulator

# A release names it by its digest: --build-arg BASE_IMAGE=node:24-bookworm-slim@sha256:...
ARG BASE_IMAGE=node:24-bookworm-slim

FROM ${BASE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The build needs no script of a package, and none runs.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.js --bin-only /app/dist/bin --redis /app/node_modules --quiet \
 && rm /app/dist/bin/*.map \
 && mkdir -p /app/fixtures && cp -r fixtures/states /app/fixtures/ && cp -r inspector package.json LICENSE SECURITY.md /app/

FROM ${BASE_IMAGE}
ENV NODE_ENV=production
COPY --from=build /app /app
# State, certificates and directories, for whoever mounts something there; the rest of the file system may be read-only.
RUN ln -s /app/dist/bin/plesk-emulator.cjs /usr/local/bin/plesk-emulator \
 && ln -s /app/dist/bin/plesk-sso.cjs /usr/local/bin/plesk-sso \
 && mkdir /data && chown node:node /data
WORKDIR /data
USER node
EXPOSE 8880 8443
HEALTHCHECK --interval=2s --timeout=3s --start-period=10s --retries=3 CMD ["plesk-emulator", "health"]
CMD ["plesk-emulator", "--host", "0.0.0.0"]
