# The image of every Maestream service; the command line picks which: maestream prepare, maestream train, …
#
#   docker build -t maestream .
#   docker run --rm maestream version
#   docker build -t maestream-gpu --target gpu .      with libtorch for CUDA, for an NVIDIA GPU

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
# Tests and style are the build server's; the cache mount keeps the dependencies between builds.
RUN --mount=type=cache,target=/m2 \
    mvn -B -ntp -q -Dmaven.repo.local=/m2 -Dmaven.test.skip -Dcheckstyle.skip -Dspotless.check.skip \
    -Dspotless.apply.skip -pl app -am package

FROM eclipse-temurin:17-jre AS base
# The home is where JavaCPP unpacks its libraries; DJL is told so below. A fixed number lets a volume be
# given to it.
RUN groupadd --gid 10001 maestream \
    && useradd --uid 10001 --gid maestream --no-create-home --home-dir /var/cache/maestream \
       --shell /usr/sbin/nologin maestream \
    && install -d -o maestream -g maestream -m 0750 /var/cache/maestream /var/lib/maestream \
       /var/lib/maestream/checkpoints
COPY LICENSE /opt/maestream/LICENSE
COPY --from=build /src/app/target/distribution/lib /opt/maestream/lib
COPY --from=build --chmod=0755 /src/app/target/distribution/bin/maestream /opt/maestream/bin/maestream
ENV MAESTREAM_DATA_DIR=/var/lib/maestream \
    DJL_CACHE_DIR=/var/cache/maestream/djl \
    PATH=/opt/maestream/bin:$PATH
USER 10001:10001
WORKDIR /var/lib/maestream
# What must be writable: data, and the native libraries that the jars are unpacked to.
VOLUME ["/var/lib/maestream", "/var/cache/maestream"]
ENTRYPOINT ["/opt/maestream/bin/maestream"]
CMD ["--help"]

# libtorch of PyTorch 2.7.1 for CUDA 12.8, and the libraries of CUDA that it looks for beside itself
# (torch/lib → ../../nvidia). The driver comes from the host, through NVIDIA's container toolkit.
FROM pytorch/pytorch:2.7.1-cuda12.8-cudnn9-runtime AS pytorch

FROM base AS gpu
COPY --from=pytorch /opt/conda/lib/python3.11/site-packages/torch/lib /opt/pytorch/torch/lib
COPY --from=pytorch /opt/conda/lib/python3.11/site-packages/nvidia /opt/pytorch/nvidia
ENV PYTORCH_LIBRARY_PATH=/opt/pytorch/torch/lib \
    PYTORCH_VERSION=2.7.1 \
    PYTORCH_FLAVOR=cu128 \
    LD_LIBRARY_PATH=/opt/pytorch/nvidia/cuda_runtime/lib \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility

# What is built when no target is named.
FROM base
