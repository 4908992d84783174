#!/bin/sh
# What the pipeline runs, with a role's credentials, logged in to ECR.
set -eu

IMAGE="$REGISTRY/capstone:$(git rev-parse --short HEAD)"

docker build --platform linux/arm64 -t "$IMAGE" .
docker push "$IMAGE"
# The image lies in the registry. No visitor has noticed anything.

jq --arg image "$IMAGE" \
  '.containerDefinitions[0].image = $image' worker-task.json > next.json
aws ecs register-task-definition --cli-input-json file://next.json
aws ecs update-service --cluster capstone --service worker \
  --task-definition capstone-worker
aws ecs wait services-stable --cluster capstone --services worker
