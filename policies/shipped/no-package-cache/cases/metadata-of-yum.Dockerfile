FROM rockylinux:9
# expect: shipped/no-package-cache: 'yum clean all'
RUN yum update -y && yum install -y git
RUN dnf install -y jq && dnf clean all && rm -rf /var/cache/dnf
