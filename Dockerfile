# csc in a container: built with a JDK, run with the Java of its own image and nothing else.
#   docker build -t csc .
#   docker run --rm -v "$PWD:/work" -u "$(id -u):$(id -g)" csc run examples/quickstart.yaml
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
# What a build on the host left behind is built for the host.
RUN find . -name target -type d -not -path './goldens/*' -prune -exec rm -rf {} + \
 && ./mvnw -B -ntp -q -Dmaven.test.skip=true -Djacoco.skip=true -Dspotless.check.skip=true -Pdist -pl cli -am package \
 && mkdir /image \
 && tar -xzf cli/target/csc-*-linux-*.tar.gz --strip-components=1 -C /image

FROM debian:stable-slim
COPY --from=build /image /opt/csc
RUN ln -s /opt/csc/bin/csc /usr/local/bin/csc
# Runs are written here; mount a folder of yours.
WORKDIR /work
ENTRYPOINT ["csc"]
CMD ["--help"]
