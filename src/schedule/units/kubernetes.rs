//! Kubernetes: a volume claim that holds config, lists, state and reports, and a CronJob for each
//! job. The image is the reader's to build; its name is the only thing to fill in.

use super::{Fields, Job, Place, Target, Unit, UnitError, arguments, refused, slug, text};

const CLAIM: &str = "\
# heyan 核验：先把 image 换成自己的镜像，把配置和清单放入数据卷，再 kubectl apply -f
# Replace image by your own, put config and lists on the volume, then kubectl apply -f.
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: heyan
  labels: {app.kubernetes.io/name: heyan}
spec:
  # One node at a time: the lock of the state folder is a lock of that node's file system.
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 10Gi
";

/// Seconds (six hours) within which a missed start is made up for.
const CATCH_UP: u32 = 21_600;
/// Seconds within which a start counts as on time.
const ON_TIME: u32 = 300;

pub(super) fn units(jobs: &[Job], place: &Place) -> Result<Vec<Unit>, UnitError> {
    let mut text = CLAIM.to_owned();
    for job in jobs {
        let plain = Fields::of(&job.cron).plain();
        let when = plain.map_err(|why| refused(Target::Kubernetes, job, why))?;
        text.push_str(&cron_job(job, place, &when));
    }
    Ok(vec![Unit {
        file: "heyan.kubernetes.yaml".to_owned(),
        text,
    }])
}

fn cron_job(job: &Job, place: &Place, when: &str) -> String {
    let name = format!("heyan-{}", slug(&job.name));
    let mut words = vec![text(&place.program)];
    words.extend(arguments(job, place));
    let command: Vec<String> = words.iter().map(|word| quoted(&unexpanded(word))).collect();
    let deadline = if place.catch_up { CATCH_UP } else { ON_TIME };
    let folder = quoted(&text(&place.folder));
    format!(
        "---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {name}
  labels: {{app.kubernetes.io/name: heyan}}
  annotations:
    heyan/job: {label}
    heyan/cron: {expression}
spec:
  schedule: {schedule}
  timeZone: {zone}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: {deadline}
  successfulJobsHistoryLimit: 3
  failedJobsHistoryLimit: 7
  jobTemplate:
    spec:
      # heyan itself sends again what was not delivered; a second pod would not do better.
      backoffLimit: 0
      template:
        metadata:
          labels: {{app.kubernetes.io/name: heyan}}
        spec:
          restartPolicy: Never
          automountServiceAccountToken: false
          # After SIGTERM the current document is finished.
          terminationGracePeriodSeconds: 600
          securityContext:
            runAsNonRoot: true
            runAsUser: 10001
            runAsGroup: 10001
            fsGroup: 10001
            seccompProfile: {{type: RuntimeDefault}}
          containers:
            - name: heyan
              image: heyan:{version}
              command: [{command}]
              workingDir: {folder}
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities: {{drop: [ALL]}}
              resources:
                requests: {{cpu: 500m, memory: 1Gi}}
                limits: {{memory: 4Gi}}
              volumeMounts:
                - {{name: data, mountPath: {folder}}}
                - {{name: tmp, mountPath: /tmp}}
          volumes:
            - name: data
              persistentVolumeClaim: {{claimName: heyan}}
            - name: tmp
              emptyDir: {{}}
",
        label = quoted(&job.name),
        expression = quoted(&job.expression),
        schedule = quoted(when),
        zone = quoted(job.zone.name()),
        version = env!("CARGO_PKG_VERSION"),
        command = command.join(", "),
    )
}

/// Kubernetes would put a variable in the place of `$(NAME)`.
fn unexpanded(word: &str) -> String {
    word.replace("$(", "$$(")
}

/// A word as YAML, which takes every string of JSON.
fn quoted(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}
