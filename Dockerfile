# Two stages: the build has the compiler, the image that runs has the production packages only.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json build.js ./
COPY src src
COPY commands commands
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production LAMPLIGHTER_STORE=/var/lib/lamplighter LAMPLIGHTER_CONFIG=/etc/lamplighter/lamplighter.yml PORT=8080
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY bin bin
RUN mkdir -p /var/lib/lamplighter && chown node /var/lib/lamplighter
USER node
VOLUME /var/lib/lamplighter
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "dist/src/main.js"]
